#!/usr/bin/env bash
# Keeps one club running: starts PostgreSQL, then the silo and its standby, then the simulators of a demo; starts each
# again when it dies; stops them in the opposite order when asked to (SIGTERM). SIGHUP: a standby is wanted, or no
# more. Runs as the owner of the data folder, from a copy inside it.
# Usage: supervise.sh DATA, with SMARTCLUB_SUPERVISED=DATA in the environment.
#
# No `set -e` here: a failing helper must not take the club down.
set -uo pipefail
umask 077

setup=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=/dev/null
for part in words options folder processes database archive; do source "$setup/$part.sh"; done
data=$1
owner=$(id -un)
load_settings

services=()
reload=no
declare -A pid=() due=() failures=() started=() ended=()
patience_seconds=(0 0 1 2 5 10 20 30)
backup_after=${SMARTCLUB_BACKUP_AFTER:-600} # seconds after its start that the first backup may be made
log_size_max=20M

note() { TZ=UTC printf '%(%FT%TZ)T %s\n' -1 "$*"; }

# Whoever called `up` may wait for the end of its pipes; nothing that stays may hold them.
let_go_of_caller() {
  local file fd
  for file in /proc/self/fd/*; do
    fd=${file##*/}
    if ((fd > 2 && fd != 255)); then eval "exec $fd>&-"; fi
  done
  exec </dev/null >>"$data/logs/supervisor.log" 2>&1
}

# Shortened in place, because the writers keep their logs open.
bound_logs() {
  local log
  find "$data/logs" -name '*.log' -size "+$1" | while read -r log; do
    cp "$log" "$log.1"
    : >"$log"
  done
}

start_postgres() {
  # A postmaster that was killed leaves backends that hold its memory, and a pid file that may name a stranger by now.
  (stop_database) || return
  rm -f "$data/db/postmaster.pid"
  (choose_database_port) || return
  exec_postgres "$data/db" "$(<"$data/db.port")" >>"$data/logs/postgres.log" 2>&1 &
  pid[postgres]=$!
}

choose_services() {
  services=()
  if [[ -z ${settings[database]} ]]; then services+=(postgres); fi
  if [[ -z ${settings[alone]} ]]; then services+=(silo); fi
  if [[ -n ${settings[standby]} ]]; then services+=(standby); fi
  if [[ -n ${settings[devices]} ]]; then services+=(simulator); fi
}

start_silo() { start_silo_at silo "${settings[port]}"; }

# The club's own silo makes the keys of a new club; two that made them at once would not agree.
start_standby() {
  if [[ -s $data/keys/head-signing.key ]]; then start_silo_at standby "${settings[standby]}"; fi
}

# start_silo_at SERVICE PORT: which of the two is active is between them; the names go by the port.
start_silo_at() {
  if [[ -z ${settings[database]} ]]; then is_accepting "$(<"$data/db.port")" || return; fi
  exec_silo "$2" >>"$data/logs/$1.log" 2>"$data/logs/$1.stderr" &
  pid[$1]=$!
}

exec_silo() {
  export SMARTCLUB_DB SMARTCLUB_DATA=$data SMARTCLUB_PORT=$1 SMARTCLUB_WEB=${settings[web]}
  SMARTCLUB_DB=$(database_uri)
  if [[ -n ${settings[public_url]} ]]; then export SMARTCLUB_PUBLIC_URL=${settings[public_url]}; fi
  if [[ -n ${settings[club]} ]]; then export SMARTCLUB_NAME=${settings[club]}; fi
  if [[ ${settings[tls]} != off ]]; then
    export SMARTCLUB_TLS_CERT=$data/tls/${settings[tls]}.crt SMARTCLUB_TLS_KEY=$data/tls/${settings[tls]}.key
  fi
  exec "${settings[dotnet]}" "${settings[silo]}/SmartClub.Silo.dll" serve
}

start_simulator() {
  if [[ ! -s $data/first-login.json || -z ${pid[silo]:-} ]]; then return 0; fi
  exec_simulator >>"$data/logs/simulator.log" 2>&1 &
  pid[simulator]=$!
}

exec_simulator() {
  local options=()
  if [[ -n ${settings[speed]} ]]; then options+=(--speed "${settings[speed]}"); fi
  if [[ -n ${settings[swipes]} ]]; then options+=(--swipes "${settings[swipes]}"); fi
  choose_simulator demo "${options[@]}"
  exec "${simulator[@]}"
}

start_due_services() {
  local service
  for service in "${services[@]}"; do
    if [[ -n ${pid[$service]:-} ]] || ((EPOCHSECONDS < ${due[$service]:-0})); then continue; fi
    "start_$service"
    if [[ -n ${pid[$service]:-} ]]; then
      started[$service]=$EPOCHSECONDS
      note "$service started as process ${pid[$service]}"
      write_run_json
    fi
  done
}

write_run_json() {
  local service url list="\"supervisor\": $$"
  url=$(local_url "${settings[alone]:+${settings[standby]}}")
  for service in "${services[@]}"; do
    if [[ -n ${pid[$service]:-} ]]; then list+=", \"$service\": ${pid[$service]}"; fi
  done
  printf '{ "url": %s, "pids": { %s }, "db": %s }\n' \
    "$(json_text "$url")" "$list" "$(json_text "$(database_uri)")" >"$data/run.json.new" &&
    mv -f "$data/run.json.new" "$data/run.json"
}

# Each service is looked at itself: a death that happens between two waits is reported by neither.
collect_the_dead() {
  local service
  for service in "${services[@]}"; do
    if [[ -n ${pid[$service]:-} ]] && ! is_alive "${pid[$service]}"; then
      wait "${pid[$service]}"
      ended[$service]=$?
      unset "pid[$service]"
      after_death "$service"
    fi
  done
}

after_death() {
  local service=$1 code=${ended[$1]} reason
  local count=$((${failures[$service]:-0} + 1)) last=$((${#patience_seconds[@]} - 1))
  # A program that ran for a while, or that was killed from outside (128 + SIGKILL), deserves a fresh start at once.
  if ((code == 137 || EPOCHSECONDS - ${started[$service]} > 10)); then count=0; fi
  failures[$service]=$count
  due[$service]=$((EPOCHSECONDS + patience_seconds[count < last ? count : last]))
  # Another silo has taken over, or the database is away: nothing is wrong with this one.
  if ((code == 75)); then failures[$service]=0 due[$service]=$((EPOCHSECONDS + 1)); fi
  reason=$(reason_of_death "$service")
  note "$service ended with code $code. $reason"
  printf '%s %s\n' "$count" "$(in_words '%s ended with code %s. %s' "$service" "$code" "$reason")" \
    >"$data/logs/trouble"
  if ((code == 78)); then
    after_refusal "$service" "${reason:-$(in_words 'The %s refuses to run; see %s/logs.' "$service" "$data")}"
  fi
}

# A standby that refuses to run is given up; the club's own silo takes the club with it, unless the other one works.
after_refusal() {
  local service=$1 reason=$2
  if [[ $service == standby ]]; then
    printf '%s\n' "$reason" >"$data/logs/standby-refused"
    settings[standby]=''
    choose_services
    write_run_json
  elif [[ -n ${pid[standby]:-} ]]; then
    due[$service]=$((EPOCHSECONDS + ${patience_seconds[-1]}))
  else
    printf '%s\n' "$reason" >"$data/logs/refused"
    stop_all
    exit 78
  fi
}

reason_of_death() {
  case $1 in
    silo | standby)
      cat "$data/logs/$1.stderr" >>"$data/logs/$1.log"
      grep -v '^$' "$data/logs/$1.stderr" | head -n 3
      ;;
    postgres) grep -E 'FATAL|PANIC|No space left' "$data/logs/postgres.log" | tail -n 1 ;;
  esac
}

stop_service() {
  local service=$1 name=$2 seconds=$3
  if [[ -z ${pid[$service]:-} ]]; then return 0; fi
  signal "$name" "${pid[$service]}"
  wait_until_gone "$seconds" "${pid[$service]}" || signal KILL "${pid[$service]}"
  unset "pid[$service]"
  note "$service stopped"
}

# Once a day, at night where the machine is up then; after a failure every hour. Not right after the start: people
# are waiting for the club then.
backup_is_due() {
  local status=$data/backups/status.json age=999999
  if [[ -n ${pid_of_backup:-} ]] || ((SECONDS < backup_after)) || [[ -z ${pid[silo]:-} ]]; then return 1; fi
  if [[ -f $status ]]; then age=$((EPOCHSECONDS - $(stat -c %Y "$status"))); fi
  ((age >= 86400)) || { ((age >= 43200)) && [[ $(printf '%(%H)T' -1) == 03 ]]; } ||
    { ((age >= 3600)) && grep -q '"ok": false' "$status"; }
}

mind_backups() {
  if [[ -d $data/backups ]]; then
    # Keys of a person who is erased must not live on in a copy of them.
    find "$data/backups" -maxdepth 1 -name '*.keys' -mmin +1439 -delete
  fi
  if [[ -n ${pid_of_backup:-} ]] && ! is_alive "$pid_of_backup"; then
    wait "$pid_of_backup"
    pid_of_backup=
  fi
  if backup_is_due; then
    note "making the daily backup"
    nice -n 19 bash "$setup/daily.sh" "$data" &
    pid_of_backup=$!
  elif base_is_due && ((EPOCHSECONDS >= ${next_base:-0})); then
    next_base=$((EPOCHSECONDS + 600))
    note "copying the cluster into the archive"
    nice -n 19 bash "$setup/daily.sh" "$data" base &
    pid_of_backup=$!
  fi
}

# Twice a day, so that at least the last twelve hours can be come back to.
base_is_due() {
  local last
  if [[ -z ${settings[archive]} || -n ${pid_of_backup:-} || -z ${pid[silo]:-} ]] || ((SECONDS < 20)); then return 1; fi
  last=$(bases | tail -n 1)
  [[ -z $last ]] || ((EPOCHSECONDS - $(stat -c %Y "${settings[archive]}/$last") >= 43000))
}

stop_all() {
  trap '' TERM INT
  if [[ -n ${pid_of_backup:-} ]]; then
    signal TERM "$pid_of_backup"
    wait_until_gone 20 "$pid_of_backup" || signal KILL "$pid_of_backup"
  fi
  stop_service simulator TERM 5
  # Both at once, or the one would take over from the other for its last moment.
  if [[ -n ${pid[standby]:-} ]]; then signal TERM "${pid[standby]}"; fi
  stop_service silo TERM 30
  stop_service standby TERM 30
  stop_service postgres INT 60
  rm -f "$data/run.json"
}

# The simulators know the silos' addresses from their start.
change_standby() {
  local before=${settings[standby]}
  reload=no
  load_settings
  note "asked for ${settings[standby]:+a standby at port }${settings[standby]:-no standby}"
  if [[ ${settings[standby]} == "$before" ]]; then return 0; fi
  stop_service standby TERM 30
  stop_service simulator TERM 5
  due[standby]=0
  choose_services
  write_run_json
}

main() {
  mkdir -p "$data/logs"
  let_go_of_caller
  cd "$data" || exit 1
  rm -f "$data"/logs/{refused,standby-refused,trouble}
  bound_logs 0c
  choose_services
  trap 'reload=yes' HUP
  trap 'note "asked to stop"; stop_all; exit 0' TERM INT
  note "supervisor started as process $$"

  local ticker
  while true; do
    if [[ $reload == yes ]]; then change_standby; fi
    start_due_services
    bound_logs "$log_size_max"
    mind_backups
    # Sleeping as a child lets a signal, or the end of any service, through at once.
    if ((${#pid[@]} == ${#services[@]})); then sleep 2 & else sleep 0.2 & fi
    ticker=$!
    wait -n "${pid[@]}" "$ticker"
    kill "$ticker" 2>/dev/null && wait "$ticker" 2>/dev/null
    collect_the_dead
  done
}

main
