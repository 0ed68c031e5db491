# shellcheck shell=bash
# The commands of a running club: up, down, demo, verify, rebuild; and how a verb of the silo is run. The standby has a
# file of its own, and so have backup and restore.

command_up() {
  need_sdks
  claim_folder
  lock_folder
  choose_settings
  # A folder that held nothing but a standby becomes a club like any other.
  if [[ -n ${settings[alone]} ]]; then settings+=([alone]='' [standby]=''); fi
  start_club
  wait_until is_ready
  greet
}

# What the chosen settings ask for is installed, built, started or already there.
start_club() {
  want_for_running
  install_wanted
  provide silo web
  if [[ -n ${given[devices]:-} || -n ${settings[devices]} ]]; then provide_demo; fi
  let_pass "${settings[dotnet]}" 'install .NET where every user may run it'
  prepare_tls
  if is_supervised_as_wanted; then
    say 'SmartClub is already up; waiting until it is ready.'
  elif differs_only_by_standby; then
    change_standby
  else
    start_supervisor
  fi
  forget_old_programs
}

command_demo() {
  if [[ $checking == yes ]]; then
    check_demo
    return
  fi
  given[devices]=wanted
  command_up
}

# Beside the demo, or after it: the program may be gone from the data folder, the record of its scans is not.
check_demo() {
  need_sdks
  open_club
  choose_settings
  [[ -n $(supervisors) ]] || fail 'The club in %s is down; ./smartclub up starts it.' "$data"
  [[ -s $data/demo/club.json ]] || fail 'There was never a demo in %s; ./smartclub demo starts one.' "$data"
  provide devices
  # Nobody has to wait until the last scan is asked.
  exec 9<&-
  choose_simulator check
  as_owner "${simulator[@]}" </dev/null
}

provide_demo() {
  provide devices
  if [[ -n ${given[swipes]:-} ]]; then
    as_owner mkdir -p "$data/demo"
    keep "$data/demo/swipes.csv" <"${given[swipes]}"
    settings[swipes]=$data/demo/swipes.csv
  fi
}

is_supervised_as_wanted() {
  [[ -n $(supervisors) && -r $data/settings && ${#certificate[@]} -eq 0 ]] &&
    [[ ! -s $data/logs/refused && ! -s $data/logs/standby-refused ]] &&
    [[ $(<"$data/settings") == "$(settings_text)" ]] && { is_ready || ! keeps_failing; }
}

# The supervisor counts in `trouble` how often in a row something ended soon after its start.
keeps_failing() {
  local times=0
  if [[ -s $data/logs/trouble ]]; then read -r times _ <"$data/logs/trouble"; fi
  ((times >= 5))
}

start_supervisor() {
  check_space 50
  # What an earlier supervisor left behind, or one with other settings.
  stop_everything
  if [[ -z ${settings[alone]} ]]; then check_port "${settings[port]}"; fi
  if [[ -n ${settings[standby]} ]]; then check_port "${settings[standby]}"; fi
  prepare_archive
  if [[ -z ${settings[database]} ]]; then create_database; fi
  settings_text | keep "$data/settings"
  as_owner rm -f "$data"/logs/{refused,standby-refused,trouble}
  as_owner env SMARTCLUB_SUPERVISED="$data" setsid --fork bash "${settings[silo]%/*}/Setup/supervise.sh" "$data" \
    </dev/null >/dev/null 2>&1 8<&- 9<&-
}

check_port() {
  local port=$1 first_free
  ! is_listening "$port" || fail 'Port %s is in use by another program; choose another with --port.' "$port"
  first_free=$(</proc/sys/net/ipv4/ip_unprivileged_port_start)
  ((port >= first_free)) ||
    fail 'Ports below %s need a privileged program; choose another with --port, or put a proxy in front.' "$first_free"
}

# wait_until CONDITION: ready, or standing by.
wait_until() {
  local end=$((SECONDS + 300)) next_look=$((SECONDS + 3))
  until "$1"; do
    if ((SECONDS >= next_look)); then
      next_look=$((SECONDS + 2))
      [[ ! -s $data/logs/refused ]] || fail '%s' "$(<"$data/logs/refused")"
      [[ -n $(supervisors) ]] || fail 'The supervisor ended by itself; see %s/logs/supervisor.log.' "$data"
      ! keeps_failing || fail_in_trouble
    fi
    ((SECONDS < end)) || fail 'SmartClub is not ready after five minutes and keeps trying; see %s/logs.' "$data"
    sleep 0.1
  done
}

fail_in_trouble() {
  local trouble
  trouble=$(cut -d ' ' -f 2- "$data/logs/trouble")
  if [[ $trouble == *"No space left"* ]]; then trouble="$(in_words 'The disk under %s is full.' "$data") $trouble"; fi
  fail 'SmartClub does not start, and keeps trying: %s (logs are in %s/logs)' "$trouble" "$data"
}

greet() {
  say 'SmartClub is up at %s' "$(local_url)"
  if [[ -s $data/logs/standby-refused ]]; then
    say 'There is no standby: %s' "$(<"$data/logs/standby-refused")"
  elif [[ -n ${settings[standby]} ]]; then
    say 'A silo stands by at %s' "$(local_url "${settings[standby]}")"
  fi
  if [[ -n ${settings[public_url]} ]]; then say 'The world sees it at %s' "${settings[public_url]}"; fi
  if [[ ${settings[tls]} == self ]]; then say 'Devices must trust this authority: %s/tls/ca.crt' "$data"; fi
  if [[ -s $data/first-login.json ]]; then
    say "The first administrator’s log-in (also in %s/first-login.json):" "$data"
    say_login
  fi
}

say_login() {
  local -a login
  mapfile -t login < <(node -e '
    const login = JSON.parse(require("fs").readFileSync(0, "utf8"));
    console.log([login.email, login.password, login.totpSecret].join("\n"));
  ' <"$data/first-login.json")
  say '  e-mail    %s' "${login[0]}"
  say '  password  %s' "${login[1]}"
  say '  TOTP      %s' "${login[2]}"
}

command_down() {
  if has_club; then
    open_folder
    lock_folder
    load_settings
  else
    # The folder may have been removed under a running club.
    owner=$(id -un)
    if ((EUID == 0)) && id -u "$club_user" >/dev/null 2>&1; then owner=$club_user; fi
  fi
  stop_everything
  if has_club && [[ -n ${settings[devices]:-}${settings[standby]:-} ]]; then
    # The next plain `up` is a club without simulators and standby.
    settings+=([devices]='' [speed]='' [swipes]='' [standby]='')
    settings_text | keep "$data/settings"
  fi
  say 'SmartClub is down.'
}

command_verify() { run_on_journal verify; }

command_rebuild() { run_on_journal rebuild-views; }

open_club() {
  has_club || fail 'There is no club in %s; ./smartclub up makes one.' "$data"
  open_folder
  lock_folder
}

# Runs a verb of the silo beside the running club, or with PostgreSQL started for it alone.
run_on_journal() {
  prepare_journal
  run_verb "$1" ${name:+"$name"} </dev/null
}

prepare_journal() {
  need_sdks
  open_club
  choose_settings
  [[ -n ${settings[silo]} ]] || fail 'The club in %s was never up; ./smartclub up starts it.' "$data"
  want_for_running
  install_wanted
  provide silo
  if [[ -z $(supervisors) ]]; then
    stop_everything
    trap stop_everything EXIT
    if [[ -z ${settings[database]} ]]; then start_database_alone; fi
  fi
}

run_verb() {
  as_owner env SMARTCLUB_DB="$(database_uri)" SMARTCLUB_DATA="$data" SMARTCLUB_PORT="${settings[port]}" \
    SMARTCLUB_SUPERVISED="${SMARTCLUB_SUPERVISED:-$data}" \
    "${settings[dotnet]}" "${settings[silo]}/SmartClub.Silo.dll" "$@" 9<&-
}
