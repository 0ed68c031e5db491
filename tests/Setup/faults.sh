# shellcheck shell=bash
# What is killed comes back, and nothing of it is left when the club goes down.

# kill_and_up PART...: kill -9, then `up` at once.
kill_and_up() {
  local part before=() pids=()
  for part in "$@"; do pids+=("$(field "$first" "$part")"); done
  kill -9 "${pids[@]}"
  club up --data "$first" >/dev/null
  is_up "$first"
  pids_are_alive "$first"
  for part in "$@"; do
    [[ " ${pids[*]} " != *" $(field "$first" "$part") "* ]]
  done
}

silo_comes_back() { kill_and_up silo; }
postgres_comes_back() { kill_and_up postgres; }
supervisor_comes_back() { kill_and_up supervisor; }
often_killed_is_not_punished() {
  local round
  for round in 1 2 3 4 5 6 7 8; do kill_and_up silo; done
}
all_three_come_back() { kill_and_up supervisor silo postgres; }

the_supervisor_repairs_without_being_asked() {
  local before end=$((SECONDS + 20))
  before=$(field "$first" silo)
  kill -9 "$before" "$(field "$first" postgres)"
  until [[ $(field "$first" silo) != "$before" ]] && is_up "$first" && pids_are_alive "$first"; do
    ((SECONDS < end))
    sleep 0.1
  done
}

there_is_one_of_each_after_all_that() {
  [[ $(processes_of "$first" | xargs -I{} cat /proc/{}/cmdline 2>/dev/null | grep -ac 'silo.js') == 1 ]]
}

down_leaves_nothing_after_the_supervisor_was_killed() {
  kill -9 "$(field "$first" supervisor)"
  club down --data "$first" >/dev/null
  [[ -z $(processes_of "$first") ]]
}

a_database_port_that_a_stranger_took_is_given_up() {
  local before
  before=$(<"$first/db.port")
  node -e "require('net').createServer().listen($before, '127.0.0.1')" &
  local stranger=$!
  sleep 0.5
  club up --data "$first" >/dev/null
  kill "$stranger"
  [[ $(<"$first/db.port") != "$before" ]]
  is_up "$first"
  club down --data "$first" >/dev/null
}

check silo_comes_back
check postgres_comes_back
check supervisor_comes_back
check often_killed_is_not_punished
check all_three_come_back
check the_supervisor_repairs_without_being_asked
check there_is_one_of_each_after_all_that
check down_leaves_nothing_after_the_supervisor_was_killed
check a_database_port_that_a_stranger_took_is_given_up
