# shellcheck shell=bash
# The second silo: one that stands by beside the club's own or on another machine, and the proxy in front of both.

standby_port=8081

# Beside a club on this machine the silo joins its supervisor. On a second machine there is nothing but this silo: the
# database is named by SMARTCLUB_DB, and the club's keys have to be there.
command_standby() {
  local port=${given[port]:-}
  unset 'given[port]'
  has_club || [[ -n ${given[database]:-} ]] || fail 'There is no club in %s; ./smartclub up makes one.' "$data"
  need_sdks
  claim_folder
  lock_folder
  choose_settings
  settings[standby]=${port:-${settings[standby]:-$standby_port}}
  if [[ -z ${settings[silo]} ]]; then
    [[ -n ${settings[database]} ]] || fail 'The club in %s was never up; ./smartclub up starts it.' "$data"
    settings[alone]=yes
  fi
  if [[ -n ${settings[alone]} ]]; then
    need_keys
  elif [[ ${settings[standby]} == "${settings[port]}" ]]; then
    fail "Port %s is the club’s own; choose another for the standby with --port." "${settings[port]}"
  fi
  start_club
  wait_until is_standing_by
  say 'A silo stands by at %s' "$(local_url "${settings[standby]}")"
}

need_keys() {
  as_owner test -r "$data/keys/master.key" -a -r "$data/keys/head-signing.key" ||
    fail "Copy the folder keys/ of the club’s first machine into %s, for %s: no silo can read the club without." \
      "$data" "$owner"
}

is_standing_by() {
  local pid
  [[ ! -s $data/logs/standby-refused ]] || fail '%s' "$(<"$data/logs/standby-refused")"
  answers /health/live "${settings[standby]}" || return 1
  pid=$(pid_in_run_json standby)
  [[ -n $pid ]] && is_alive "$pid"
}

# Everything is as it should be but the standby: the supervisor need not end what runs.
differs_only_by_standby() {
  [[ -n $(supervisors) && -r $data/settings && ! -s $data/logs/refused && ${#certificate[@]} -eq 0 ]] &&
    [[ $(grep -v ^standby= "$data/settings") == "$(settings_text | grep -v ^standby=)" ]] && ! keeps_failing
}

change_standby() {
  local pid
  if [[ -n ${settings[standby]} && ${settings[standby]} != "$(sed -n s/^standby=//p "$data/settings")" ]]; then
    check_port "${settings[standby]}"
  fi
  as_owner rm -f "$data/logs/standby-refused"
  settings_text | keep "$data/settings"
  for pid in $(supervisors); do signal HUP "$pid"; done
}

# The proxy's own port is not the club's: 80 or 443, unless --port says otherwise.
command_ha_config() {
  local file=${name:-$data/haproxy.cfg} port=${given[port]:-} listed=$servers
  has_club || fail 'There is no club in %s; ./smartclub up makes one.' "$data"
  open_folder
  load_settings
  if [[ -z $listed ]]; then
    listed=127.0.0.1:${settings[port]},127.0.0.1:${settings[standby]:-$standby_port}
  fi
  if [[ -z $port && ${settings[tls]} == off ]]; then port=80; fi
  if [[ -z $name ]]; then
    proxy_settings "${port:-443}" "$listed" | keep "$file"
  else
    proxy_settings "${port:-443}" "$listed" >"$file" || fail 'Cannot write %s.' "$file"
  fi
  if command -v haproxy >/dev/null; then
    haproxy -c -q -f "$file" || fail 'HAProxy does not take %s; see above.' "$file"
  fi
  say '%s sends port %s to whichever of %s is active.' "$file" "${port:-443}" "$listed"
  say "Install Debian’s haproxy and run it with this file: haproxy -W -f %s" "$file"
}

# proxy_settings PORT HOST:PORT,...
proxy_settings() {
  local mode=http check='' number=0 server tunnel='timeout tunnel 1h'
  if [[ ${settings[tls]} != off ]]; then
    # The silos keep their certificate: what they serve passes through unread, for as long as a screen stays open.
    mode=tcp check=' check-ssl verify none'
    tunnel=$'timeout tunnel 1h\n    timeout client-fin 30s'
  fi
  cat <<CONF
# Written by ./smartclub ha-config: HAProxy in front of the silos of one club. It asks each of them twice a second
# whether it is active, sends everything to the one that is, and cuts what still hangs on one that is no more.
global
    maxconn 4000

defaults
    mode $mode
    timeout connect 2s
    timeout client 60s
    timeout server 60s
    timeout check 1s
    $tunnel
    option redispatch
    retries 3

frontend club
    bind :::$1 v4v6
    default_backend silos
$(if [[ $mode == http ]]; then proxy_error; fi)

backend silos
    option httpchk
    http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host localhost
    http-check expect status 200
    default-server check$check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
CONF
  for server in ${2//,/ }; do
    number=$((number + 1))
    # A silo tells its figures to programs on its own machine, which ask from 127.0.0.1; what the proxy passes on comes
    # from somewhere else and must not look the same.
    case $server in
      127.* | localhost:*) server+=' source 127.0.0.2' ;;
    esac
    printf '    server silo%s %s\n' "$number" "$server"
  done
}

# Said while no silo is active, in the silos' own form.
proxy_error() {
  local detail="Le club n’est pas joignable pour l’instant. / The club cannot be reached for the moment."
  printf '    http-error status 503 content-type application/problem+json hdr Retry-After 1 string "%s"' \
    "{\\\"type\\\":\\\"about:blank\\\",\\\"title\\\":\\\"Service Unavailable\\\",\\\"status\\\":503,\
\\\"code\\\":\\\"not_active\\\",\\\"detail\\\":\\\"$detail\\\"}"
}
