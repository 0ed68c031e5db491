# shellcheck shell=bash
# Which processes belong to a data folder, and how they end. Nothing here trusts a remembered pid: after a restart of
# the machine it may be a stranger's.

# The supervisor marks everything it starts in the environment, which nobody else's processes carry. The owner asks,
# because in a container even root may not read another user's environment. PostgreSQL is stopped apart, and last.
marked_processes() {
  local pid
  as_owner grep --files-with-matches --null-data --line-regexp --fixed-strings --no-messages \
    "SMARTCLUB_SUPERVISED=$data" /proc/[0-9]*/environ |
    while IFS=/ read -r _ _ pid _; do
      if ! is_postgres "$pid"; then printf '%s\n' "$pid"; fi
    done || true
}

# PostgreSQL writes its titles over its environment, but all its processes work in the cluster's folder.
database_processes() {
  local pid link
  as_owner find /proc -mindepth 2 -maxdepth 2 -name cwd -printf '%P %l\n' 2>/dev/null |
    while read -r pid link; do
      pid=${pid%/cwd}
      if [[ ${link% (deleted)} == "$data/db" ]] && is_postgres "$pid"; then printf '%s\n' "$pid"; fi
    done || true
}

is_postgres() {
  local comm
  read -r comm 2>/dev/null <"/proc/$1/comm" && [[ $comm == postgres ]]
}

supervisors() {
  local pid
  for pid in $(marked_processes); do
    if tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -q '/Setup/supervise\.sh$'; then printf '%s\n' "$pid"; fi
  done
}

# A zombie that nobody collects, as in a container without an init, is not alive.
is_alive() {
  local stat
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  [[ ${stat##*) } != [ZX]* ]]
}

# wait_until_gone SECONDS PID...
wait_until_gone() {
  local end=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while is_alive "$pid"; do
      ((SECONDS < end)) || return 1
      sleep 0.1
    done
  done
}

# Who looks for a pid right after `down` should not find one that is only waiting for init; init may be slow.
wait_until_collected() {
  local pid tries=30
  for pid in "$@"; do
    while [[ -e /proc/$pid ]] && ((tries-- > 0)); do sleep 0.1; done
  done
}

signal() {
  local name=$1
  shift
  kill -s "$name" "$@" 2>/dev/null || true
}

# The postmaster alone is asked: it ends its own backends in order. Backends that outlived it are not worth asking.
stop_database() {
  local -a pids
  local postmaster
  mapfile -t pids < <(database_processes)
  ((${#pids[@]})) || return 0
  read -r postmaster 2>/dev/null <"$data/db/postmaster.pid" || postmaster=
  if [[ " ${pids[*]} " == *" $postmaster "* ]]; then
    signal INT "$postmaster"
    wait_until_gone 60 "${pids[@]}" && return 0
  else
    wait_until_gone 2 "${pids[@]}" && return 0
  fi
  mapfile -t pids < <(database_processes)
  signal KILL "${pids[@]}"
  wait_until_gone 10 "${pids[@]}" || fail 'PostgreSQL in %s/db cannot be stopped.' "$data"
}

# Ends every process of the data folder: in order when the supervisor lives, and whatever is left of it when not.
stop_everything() {
  local -a pids
  mapfile -t pids < <(supervisors)
  if ((${#pids[@]})); then
    signal TERM "${pids[@]}"
    wait_until_gone 110 "${pids[@]}" || signal KILL "${pids[@]}"
    wait_until_collected "${pids[@]}"
  fi
  mapfile -t pids < <(marked_processes)
  if ((${#pids[@]})); then
    signal TERM "${pids[@]}"
    wait_until_gone 30 "${pids[@]}" || signal KILL "${pids[@]}"
    wait_until_gone 10 "${pids[@]}" || fail 'Processes %s of %s cannot be stopped.' "${pids[*]}" "$data"
  fi
  end_restore_tests
  stop_database
  if [[ -d $data ]]; then as_owner rm -f "$data/run.json"; fi
}

# What a daily backup that was killed may have left: the database that it restored into.
end_restore_tests() {
  local folder
  for folder in "$data"/backups/test.*; do
    if [[ -d $folder ]]; then
      data=$folder stop_database
      as_owner rm -rf "$folder"
    fi
  done
}

# choose_simulator VERB [OPTION...]: in the array `simulator`, the command that runs the demo's gates.
choose_simulator() {
  local urls trust=()
  urls=$(local_url)
  if [[ -n ${settings[standby]} ]]; then urls+=,$(local_url "${settings[standby]}"); fi
  if [[ ${settings[tls]} == self ]]; then trust=(SSL_CERT_FILE="$data/tls/ca.crt"); fi
  simulator=(env "${trust[@]}" "${settings[dotnet]}" "${settings[devices]}/SmartClub.Devices.dll" "$1" --url "$urls"
    --login "$data/first-login.json" --state "$data/demo" "${@:2}")
}

pid_in_run_json() { sed -nE "s/.*\"$1\": ?([0-9]+).*/\1/p" "$data/run.json" 2>/dev/null || true; }

# Somebody listens on this port of this machine, on whichever address.
is_listening() {
  local port
  printf -v port '%04X' "$1"
  grep -qsE "^ *[0-9]+: [0-9A-F]+:$port [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6
}

# answers PATH [PORT]
answers() {
  curl --silent --fail --insecure --noproxy '*' --max-time 3 --output /dev/null "$(local_url "${2:-}")$1"
}

# Ready: the silo says so, or stands by for the other one, which does; and everything that run.json names is alive.
is_ready() {
  local part pid parts=(supervisor silo)
  if [[ -z ${settings[database]} ]]; then parts+=(postgres); fi
  if [[ -n ${settings[standby]} && ! -s $data/logs/standby-refused ]]; then parts+=(standby); fi
  answers /health/ready ||
    { [[ -n ${settings[standby]} ]] && answers /health/ready "${settings[standby]}" && answers /health/live; } ||
    return 1
  for part in "${parts[@]}"; do
    pid=$(pid_in_run_json "$part")
    [[ -n $pid ]] && is_alive "$pid" || return 1
  done
}
