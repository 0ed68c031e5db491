# shellcheck shell=bash
# What a person asked for: the options of this call, and the settings a data folder remembers from earlier ones.

data=                  # the folder that holds all state of one club
fast=no                # test --fast
checking=no            # demo --check
simulation=()          # simulate: --seed N, --count N, --trace, --mutation NAME
name=                  # bench NAME, rebuild NAME, ha-config FILE, backup FILE, restore FILE
dry_run=               # import: only look
importing=             # import: members or undo
mapping=()             # import: --map COLUMN=FIELD, as often as it was said
reason=                # import undo: --reason
servers=               # ha-config --servers
given_keys=            # restore --keys
given_until=           # restore --until
declare -A given=()    # settings chosen in this call
declare -A settings=() # settings in force
certificate=()         # --tls CERT KEY

# A text as JSON.
json_text() {
  local text=${1//\\/\\\\}
  text=${text//$'\n'/ }
  printf '"%s"' "${text//\"/\\\"}"
}

read_options() {
  data=$root/var
  while (($#)); do
    if [[ $1 == --*=* ]]; then set -- "${1%%=*}" "${1#*=}" "${@:2}"; fi
    case $1 in
      --data | --port | --tls | --public-url | --club | --speed | --swipes | --servers | --keys | --until | \
        --archive | --map | --reason)
        (($# > 1)) || fail '%s needs a value; see ./smartclub help.' "$1"
        read_value "$@"
        # A certificate comes with its key.
        if [[ $1 == --tls && ${given[tls]} == given ]]; then shift; fi
        shift 2
        ;;
      --seed | --count | --kills | --minutes)
        [[ ${2-} =~ ^[0-9]{1,9}$ ]] || fail '%s needs a number.' "$1"
        if [[ $1 == --seed || $1 == --count ]]; then simulation+=("$1" "$2"); fi
        campaign[${1#--}]=$2
        shift 2
        ;;
      --mutation)
        (($# > 1)) || fail '--mutation needs a name.'
        simulation+=("$1" "$2")
        shift 2
        ;;
      --trace) simulation+=("$1") && shift ;;
      --detach) shift ;;
      --fast) fast=yes && shift ;;
      --dry-run) dry_run=yes && shift ;;
      --check) checking=yes && shift ;;
      -*) fail "There is no option ‘%s’; see ./smartclub help." "$1" ;;
      *)
        # No command takes two; the last one must not win unseen.
        [[ -z $name ]] || fail "%s takes one name only; ‘%s’ is one too many after ‘%s’." "$command" "$1" "$name"
        name=$1
        shift
        ;;
    esac
  done
  # An empty SMARTCLUB_DB goes back to the private database, an absent one changes nothing.
  if [[ -v SMARTCLUB_DB ]]; then given[database]=$SMARTCLUB_DB; fi
  unset SMARTCLUB_DB SMARTCLUB_SUPERVISED
}

read_value() {
  case $1 in
    --data)
      [[ -n $2 && $2 != *$'\n'* ]] || fail '--data needs the name of a folder.'
      data=$(realpath -m -- "$2")
      ;;
    --port)
      [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] && (($2 <= 65535)) || fail '--port needs a number between 1 and 65535.'
      given[port]=$2
      ;;
    --tls) read_tls "${@:2}" ;;
    --keys) given_keys=$(realpath -m -- "$2") ;;
    --until) given_until=$2 ;;
    --map)
      [[ $2 == ?*=?* ]] || fail '--map needs COLUMN=FIELD, such as Vorname=firstName.'
      mapping+=(--map "$2")
      ;;
    --reason) reason=$2 ;;
    --archive)
      given[archive]=
      if [[ $2 != off ]]; then given[archive]=$(realpath -m -- "$2"); fi
      ;;
    --public-url)
      [[ $2 =~ ^(https?://[^[:space:]]+)?$ ]] || fail '--public-url needs an address such as https://club.example.'
      given[public_url]=${2%/}
      ;;
    --club)
      # An empty name goes back to that of the product.
      [[ ${#2} -le 60 && $2 != *[[:cntrl:]]* ]] || fail '--club needs a name of at most 60 characters.'
      given[club]=$2
      ;;
    --speed)
      [[ $2 =~ ^[0-9]+([.][0-9]+)?$ ]] || fail '--speed needs a number.'
      given[speed]=$2
      ;;
    --swipes)
      [[ -r $2 && -f $2 ]] || fail "The file of swipes ‘%s’ cannot be read." "$2"
      given[swipes]=$(realpath -- "$2")
      ;;
    --servers)
      [[ $2 =~ ^[^[:space:],:]+:[0-9]+(,[^[:space:],:]+:[0-9]+)*$ ]] ||
        fail '--servers needs addresses such as 10.0.0.1:8080,10.0.0.2:8080.'
      servers=$2
      ;;
  esac
}

read_tls() {
  if [[ $1 == self || $1 == off ]]; then
    given[tls]=$1
    return 0
  fi
  local file
  (($# > 1)) || fail '--tls needs a certificate and its key, or the word self.'
  for file in "$1" "$2"; do
    [[ -r $file && -f $file ]] || fail "The file ‘%s’ cannot be read." "$file"
    certificate+=("$(realpath -- "$file")")
  done
  given[tls]=given
}

# The settings are data, never sourced: whoever reads them may be root, and whoever wrote them is not.
load_settings() {
  local key line
  for key in public_url club database silo web devices speed swipes dotnet standby alone archive; do
    settings[$key]=''
  done
  settings[port]=8080
  settings[tls]=off
  [[ -r $data/settings ]] || return 0
  while IFS= read -r line; do
    key=${line%%=*}
    if [[ -n $key && -v settings[$key] ]]; then settings[$key]=${line#*=}; fi
  done <"$data/settings"
}

choose_settings() {
  local key
  load_settings
  for key in "${!given[@]}"; do settings[$key]=${given[$key]}; done
}

settings_text() {
  local key
  for key in "${!settings[@]}"; do printf '%s=%s\n' "$key" "${settings[$key]}"; done | LC_ALL=C sort
}

# local_url [PORT]: the address on this machine; the public one may not be known here.
local_url() {
  local scheme=https
  if [[ ${settings[tls]} == off ]]; then scheme=http; fi
  printf '%s://localhost:%s' "$scheme" "${1:-${settings[port]}}"
}
