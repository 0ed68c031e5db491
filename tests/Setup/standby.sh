# shellcheck shell=bash
# A second silo that takes over, and the proxy in front of both.

standby_port=$(free_port)
proxy_port=$(free_port)

# says PORT PATH: what a silo answers, whatever its status.
says() { curl -s --noproxy '*' --max-time 3 "http://localhost:$1$2"; }

# until_says WORDS PORT PATH
until_says() {
  local end=$((SECONDS + 10))
  until [[ $(says "$2" "$3") == *"$1"* ]]; do
    ((SECONDS < end))
    sleep 0.1
  done
}

a_standby_needs_a_club() {
  refuses "no club" club standby --data "$place/club-none"
  [[ ! -e $place/club-none ]]
}

a_standby_joins_without_a_restart_of_anything() {
  local before part said
  club up --data "$first" >/dev/null
  before=$(<"$first/run.json")
  # All that it says, before it is looked at: who stops reading in the middle ends the command.
  said=$(club standby --data "$first" --port "$standby_port" --detach)
  [[ $said == *"stands by at http://localhost:$standby_port"* ]]
  for part in supervisor silo postgres; do [[ $before == *"\"$part\": $(field "$first" "$part")"* ]]; done
  kill -0 "$(field "$first" standby)"
  [[ $(says "$standby_port" /health/ready) == *standby ]]
  is_up "$first"
}

repeated_calls_change_nothing() {
  local before
  before=$(<"$first/run.json")
  club standby --data "$first" >/dev/null
  club up --data "$first" >/dev/null
  [[ $before == "$(<"$first/run.json")" ]]
}

up_answers_when_the_other_silo_took_over() {
  local killed supervisor
  killed=$(field "$first" silo)
  supervisor=$(field "$first" supervisor)
  # Held, so that the killed one does not come back sooner than the other looks.
  kill -STOP "$supervisor"
  kill -9 "$killed"
  until_says active "$standby_port" /health/ready || { kill -CONT "$supervisor"; return 1; }
  kill -CONT "$supervisor"
  [[ $(club up --data "$first") == *"stands by"* ]]
  until_says standby "$first_port" /health/live
  [[ $(field "$first" silo) != "$killed" ]]
  pids_are_alive "$first"
}

a_killed_standby_comes_back() {
  local killed
  killed=$(field "$first" standby)
  kill -9 "$killed"
  club standby --data "$first" >/dev/null
  [[ $(field "$first" standby) != "$killed" ]]
  kill -0 "$(field "$first" standby)"
  until_says active "$first_port" /health/ready
}

all_come_back_after_the_supervisor_was_killed() {
  kill -9 "$(field "$first" supervisor)" "$(field "$first" standby)"
  club standby --data "$first" >/dev/null
  club up --data "$first" >/dev/null
  pids_are_alive "$first"
  kill -0 "$(field "$first" standby)"
}

a_standby_moves_to_another_port() {
  local port
  port=$(free_port)
  refuses "the club’s own" club standby --data "$first" --port "$first_port"
  club standby --data "$first" --port "$port" >/dev/null
  [[ $(says "$port" /health/live) == *standby ]]
}

a_port_of_a_stranger_is_named_and_harms_nothing() {
  local port stranger before
  port=$(free_port)
  node -e "require('net').createServer().listen($port)" &
  stranger=$!
  sleep 0.5
  before=$(field "$first" silo)
  refuses "in use" club standby --data "$first" --port "$port"
  kill "$stranger"
  is_up "$first"
  [[ $before == "$(field "$first" silo)" ]]
}

# A folder with nothing but the keys, as on a second machine, and the first one's database by its address.
a_standby_works_alone_beside_a_database_elsewhere() {
  local other=$place/club-other port
  port=$(free_port)
  SMARTCLUB_DB=$(field "$first" db) refuses "Copy the folder keys" club standby --data "$other" --port "$port"
  cp -r "$first/keys" "$other/"
  chown -R --reference "$other/version" "$other/keys"
  SMARTCLUB_DB=$(field "$first" db) club standby --data "$other" --port "$port" >/dev/null
  [[ -z $(field "$other" silo) && -n $(field "$other" standby) && $(field "$other" url) == *":$port" ]]
  [[ $(says "$port" /health/ready) == *standby ]]
  club down --data "$other" >/dev/null
  [[ -z $(processes_of "$other") ]]
}

# Through the real proxy: a request is answered again soon after the active silo was killed.
the_proxy_follows_the_active_silo() {
  local proxy before end=$((SECONDS + 30))
  club ha-config "$place/proxy.cfg" --data "$first" --port "$proxy_port" >/dev/null
  haproxy -c -q -f "$place/proxy.cfg"
  [[ $(grep -c 'server silo. 127.0.0.1:[0-9]* source 127.0.0.2$' "$place/proxy.cfg") == 2 ]]
  haproxy -db -f "$place/proxy.cfg" >/dev/null 2>&1 &
  proxy=$!
  until_says active "$proxy_port" /
  before=$(says "$proxy_port" /)
  kill -9 "${before%% *}"
  until [[ $(says "$proxy_port" /) == *active && $(says "$proxy_port" /) != "$before" ]]; do
    ((SECONDS < end))
    sleep 0.1
  done
  # The killed one comes back by itself; only then do the names in run.json mean living processes again.
  until pids_are_alive "$first" 2>/dev/null && kill -0 "$(field "$first" standby)"; do
    ((SECONDS < end))
    sleep 0.1
  done
  kill -9 "$(field "$first" supervisor)" "$(field "$first" silo)" "$(field "$first" standby)"
  until_says not_active "$proxy_port" /
  kill "$proxy"
}

the_proxy_passes_tls_through() {
  local proxy end=$((SECONDS + 60))
  club up --data "$first" --tls self >/dev/null
  club ha-config --data "$first" --port "$proxy_port" >/dev/null
  haproxy -db -f "$first/haproxy.cfg" >/dev/null 2>&1 &
  proxy=$!
  until curl -sf --noproxy '*' --cacert "$first/tls/ca.crt" "https://localhost:$proxy_port/" | grep -q active; do
    ((SECONDS < end))
    sleep 0.1
  done
  kill "$proxy"
  club up --data "$first" --tls off >/dev/null
}

down_stops_the_standby_and_forgets_it() {
  club down --data "$first" >/dev/null
  [[ -z $(processes_of "$first") ]]
  club up --data "$first" >/dev/null
  [[ -z $(field "$first" standby) ]]
  club down --data "$first" >/dev/null
}

check a_standby_needs_a_club
check a_standby_joins_without_a_restart_of_anything
check repeated_calls_change_nothing
check up_answers_when_the_other_silo_took_over
check a_killed_standby_comes_back
check all_come_back_after_the_supervisor_was_killed
check a_standby_moves_to_another_port
check a_port_of_a_stranger_is_named_and_harms_nothing
check a_standby_works_alone_beside_a_database_elsewhere
check the_proxy_follows_the_active_silo
check the_proxy_passes_tls_through
check down_stops_the_standby_and_forgets_it
