# shellcheck shell=bash
# A club that nothing happens to.

first=$place/club-first
second=$place/club-second
first_port=$(free_port)

help_names_every_command() {
  local command
  for command in up down demo standby ha-config verify rebuild backup restore 'test' bench simulate; do
    club help | grep -q "^  $command "
  done
}

# A caller that reads the output to its end is not kept waiting by what stays running.
up_starts_a_club_and_lets_go_of_its_caller() {
  timeout 60 "$checkout/smartclub" up --port "$first_port" --data "$first" 2>&1 | cat >"$place/output"
  grep -q "http://localhost:$first_port" "$place/output"
  grep -q ABCDEFGH "$place/output"
  is_up "$first"
  pids_are_alive "$first"
}

run_json_is_private_and_its_database_answers() {
  [[ $(stat -c %a "$first/run.json") == 600 && $(stat -c %a "$first") == 700 ]]
  [[ $(psql "$(field "$first" db)" -Atc 'show fsync; show synchronous_commit; show data_checksums') == $'on\non\non' ]]
  [[ $(psql "$(field "$first" db)" -Atc 'select rolsuper from pg_roles where rolname = current_user') == f ]]
}

nothing_runs_as_root() {
  local part
  for part in supervisor silo postgres; do
    [[ $(stat -c %u "/proc/$(field "$first" "$part")") != 0 ]]
  done
}

second_up_changes_nothing_and_is_quick() {
  local before began=$SECONDS
  before=$(<"$first/run.json")
  club up --data "$first" >/dev/null
  ((SECONDS - began < 10))
  [[ $before == "$(<"$first/run.json")" ]]
}

changed_sources_are_built_and_started() {
  local before
  before=$(field "$first" silo)
  echo changed >"$checkout/grains/Source.cs"
  club up --data "$first" >/dev/null
  is_up "$first"
  [[ $before != "$(field "$first" silo)" ]]
  [[ $(find "$first/app" -maxdepth 1 -name 'silo-*' | wc -l) == 1 ]]
}

two_clubs_live_side_by_side() {
  club up --data "$second" --port "$(free_port)" --detach >/dev/null
  is_up "$first"
  is_up "$second"
  [[ $(field "$first" db) != "$(field "$second" db)" ]]
}

a_port_of_somebody_else_is_left_alone() {
  refuses "in use" club up --data "$place/club-third" --port "$first_port"
  is_up "$first"
}

two_calls_at_once_start_one_club() {
  club down --data "$second" >/dev/null
  club up --data "$second" >"$place/one" 2>&1 &
  local other=$!
  club up --data "$second" >"$place/two" 2>&1
  wait "$other"
  is_up "$second"
  [[ $(processes_of "$second" | wc -l) -ge 3 ]]
  [[ $(grep -c 'supervisor started' "$second/logs/supervisor.log") == 1 ]]
}

verify_answers_while_up_and_while_down() {
  club verify --data "$second" >/dev/null
  club down --data "$second" >/dev/null
  club verify --data "$second" >/dev/null
  touch "$second/fault"
  ! club verify --data "$second" >/dev/null
  rm "$second/fault"
  club rebuild members --data "$second" 2>&1 | grep -q 'rebuild-views members done'
  [[ -z $(processes_of "$second") ]]
}

tls_self_is_trusted_through_its_authority() {
  club up --data "$second" --tls self --public-url https://club.example >/dev/null
  curl -sf -o /dev/null --noproxy '*' --cacert "$second/tls/ca.crt" "$(field "$second" url)/health/ready"
  openssl x509 -in "$second/tls/self.crt" -noout -text | grep -q DNS:club.example
  club up --data "$second" --tls off >/dev/null
  [[ $(field "$second" url) == http://* ]]
}

a_name_of_any_signs_reaches_the_silo_and_is_kept_in_mind() {
  local name='"Forme" & Équilibre = 1=' before
  club up --data "$second" --club "$name" >/dev/null
  before=$(field "$second" silo)
  [[ $(curl -sf --noproxy '*' "$(field "$second" url)/health/live") == *" $name" ]]
  club up --data "$second" >/dev/null
  [[ $(field "$second" silo) == "$before" ]]
  club up --data "$second" --club '' >/dev/null
  [[ $(curl -sf --noproxy '*' "$(field "$second" url)/health/live") != *Forme* ]]
}

demo_adds_simulators_and_down_takes_them_away() {
  club demo --data "$second" --speed 60 >/dev/null
  sleep 1
  kill -9 "$(field "$second" simulator)"
  sleep 2
  kill -0 "$(field "$second" simulator)"
  club down --data "$second" >/dev/null
  [[ -z $(processes_of "$second") && ! -e $second/run.json ]]
  club down --data "$second" >/dev/null
}

# Also when the simulators' program is gone, as it is after the next plain `up`.
a_demo_is_checked_beside_it_and_after_it() {
  refuses "never a demo" club demo --check --data "$first"
  club demo --data "$second" >/dev/null
  until [[ -s $second/demo/club.json ]]; do sleep 0.1; done
  local before
  before=$(<"$second/run.json")
  [[ $(club demo --check --data "$second") == *"checks --url http://localhost:"*" --state $second/demo" ]]
  [[ $before == "$(<"$second/run.json")" ]]
  club down --data "$second" >/dev/null
  refuses "is down" club demo --check --data "$second"
  club up --data "$second" >/dev/null
  [[ -z $(find "$second/app" -name 'devices-*') ]]
  [[ $(club demo --check --data "$second") == *" --state $second/demo" ]]
  [[ -z $(field "$second" simulator) ]]
  club down --data "$second" >/dev/null
}

another_database_is_used_when_named() {
  SMARTCLUB_DB=$(field "$first" db) club up --data "$second" >/dev/null
  is_up "$second"
  [[ -z $(field "$second" postgres) && $(field "$second" db) == "$(field "$first" db)" ]]
  SMARTCLUB_DB='' club up --data "$second" >/dev/null
  [[ -n $(field "$second" postgres) ]]
  club down --data "$second" >/dev/null
}

check help_names_every_command
check up_starts_a_club_and_lets_go_of_its_caller
check run_json_is_private_and_its_database_answers
if ((EUID == 0)); then check nothing_runs_as_root; fi
check second_up_changes_nothing_and_is_quick
check changed_sources_are_built_and_started
check two_clubs_live_side_by_side
check a_port_of_somebody_else_is_left_alone
check two_calls_at_once_start_one_club
check verify_answers_while_up_and_while_down
check tls_self_is_trusted_through_its_authority
check a_name_of_any_signs_reaches_the_silo_and_is_kept_in_mind
check demo_adds_simulators_and_down_takes_them_away
check a_demo_is_checked_beside_it_and_after_it
check another_database_is_used_when_named
