#!/usr/bin/env bash
# Keeps one club running: starts PostgreSQL, then the silo, then the simulators of a demo; starts each again when it
# dies; stops them in the opposite order when asked to (SIGTERM). Runs as the owner of the data folder, from a copy
# inside it. Usage: supervise.sh DATA, with SMARTCLUB_SUPERVISED=DATA in the environment.
#
# No `set -e` here: a failing helper must not take the club down.
set -uo pipefail
umask 077

setup=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=/dev/null
for part in options folder processes database; do source "$setup/$part.sh"; done
data=$1
owner=$(id -un)
load_settings

services=(silo)
declare -A pid=() due=() failures=() started=() ended=()
patience_seconds=(0 0 1 2 5 10 20 30)
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

start_silo() {
  if [[ -z ${settings[database]} ]]; then is_accepting "$(<"$data/db.port")" || return; fi
  exec_silo >>"$data/logs/silo.log" 2>"$data/logs/silo.stderr" &
  pid[silo]=$!
}

exec_silo() {
  export SMARTCLUB_DB SMARTCLUB_DATA=$data SMARTCLUB_PORT=${settings[port]} SMARTCLUB_WEB=${settings[web]}
  SMARTCLUB_DB=$(database_uri)
  if [[ -n ${settings[public_url]} ]]; then export SMARTCLUB_PUBLIC_URL=${settings[public_url]}; fi
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
  if [[ ${settings[tls]} == self ]]; then export SSL_CERT_FILE=$data/tls/ca.crt; fi
  exec "${settings[dotnet]}" "${settings[devices]}/SmartClub.Devices.dll" demo --url "$(local_url)" \
    --login "$data/first-login.json" --state "$data/demo" "${options[@]}"
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

json_text() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

write_run_json() {
  local service list="\"supervisor\": $$"
  for service in "${services[@]}"; do
    if [[ -n ${pid[$service]:-} ]]; then list+=", \"$service\": ${pid[$service]}"; fi
  done
  printf '{ "url": %s, "pids": { %s }, "db": %s }\n' \
    "$(json_text "$(local_url)")" "$list" "$(json_text "$(database_uri)")" >"$data/run.json.new" &&
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
  reason=$(reason_of_death "$service")
  note "$service ended with code $code. $reason"
  printf '%s %s ended with code %s. %s\n' "$count" "$service" "$code" "$reason" >"$data/logs/trouble"
  if [[ $service == silo && $code == 78 ]]; then
    printf '%s\n' "${reason:-The silo refuses to run; see $data/logs/silo.log.}" >"$data/logs/refused"
    stop_all
    exit 78
  fi
}

reason_of_death() {
  case $1 in
    silo)
      cat "$data/logs/silo.stderr" >>"$data/logs/silo.log"
      grep -v '^$' "$data/logs/silo.stderr" | head -n 3
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

stop_all() {
  trap '' TERM INT
  stop_service simulator TERM 5
  stop_service silo TERM 30
  stop_service postgres INT 60
  rm -f "$data/run.json"
}

main() {
  mkdir -p "$data/logs"
  let_go_of_caller
  cd "$data" || exit 1
  rm -f "$data"/logs/{refused,trouble}
  bound_logs 0c
  if [[ -z ${settings[database]} ]]; then services=(postgres "${services[@]}"); fi
  if [[ -n ${settings[devices]} ]]; then services+=(simulator); fi
  trap 'note "asked to stop"; stop_all; exit 0' TERM INT
  note "supervisor started as process $$"

  local ticker
  while true; do
    start_due_services
    bound_logs "$log_size_max"
    # Sleeping as a child lets a signal, or the end of any service, through at once.
    if ((${#pid[@]} == ${#services[@]})); then sleep 2 & else sleep 0.2 & fi
    ticker=$!
    wait -n "${pid[@]}" "$ticker"
    kill "$ticker" 2>/dev/null && wait "$ticker" 2>/dev/null
    collect_the_dead
  done
}

main
