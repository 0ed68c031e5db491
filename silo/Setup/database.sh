# shellcheck shell=bash
# The private PostgreSQL of one data folder: made once, reached on 127.0.0.1 only, on a port of its own.

# Debian's own programs by their full name: another PostgreSQL may come first on the PATH.
pg=/usr/lib/postgresql/15/bin

new_password() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }

# Builds the cluster beside its final place, so that one that was interrupted is never mistaken for a whole one.
create_database() {
  if [[ -d $data/db ]]; then return 0; fi
  check_space 500
  say 'Preparing the database…'
  local folder=$data/db.new password
  password=$(new_password)
  as_owner rm -rf "$folder"
  printf '%s\n' "$password" | keep "$data/db.password"
  new_password | keep "$data/db.admin"
  make_cluster "$folder" postgres "$data/db.admin"
  # The silo's role owns its database and is no superuser: a fault in a query stays inside the database.
  printf "%s\n" "CREATE ROLE smartclub LOGIN PASSWORD '$password'" "CREATE DATABASE smartclub OWNER smartclub" |
    as_owner "$pg/postgres" --single -D "$folder" postgres >/dev/null 2>&1 || fail 'The database could not be created.'
  as_owner mv "$folder" "$data/db"
}

# make_cluster FOLDER SUPERUSER PASSWORD-FILE [OPTION OF INITDB...]
make_cluster() {
  local messages
  messages=$(as_owner "$pg/initdb" -D "$1" -U "$2" -A scram-sha-256 --pwfile="$3" --locale=C.UTF-8 --encoding=UTF8 \
    --data-checksums --no-instructions "${@:4}" 2>&1) || fail 'PostgreSQL could not be prepared: %s' "$messages"
  keep "$1/smartclub.conf" <<'CONF'
# Settings of SmartClub; the port and the address come from the command line. A confirmed change is on the disk:
# fsync and synchronous_commit stay on, and the silo refuses to run without them.
unix_socket_directories = ''
shared_buffers = 256MB
max_wal_size = 2GB
wal_compression = lz4
jit = off
log_timezone = 'UTC'
timezone = 'UTC'
CONF
  # shellcheck disable=SC2016 # the inner shell expands these
  as_owner bash -c 'echo "include '\''smartclub.conf'\''" >>"$1/postgresql.conf"' include "$1"
}

# Replaces this shell, so that the pid known to the caller is PostgreSQL's own.
exec_postgres() {
  local -a archive
  mapfile -t archive < <(archive_options)
  export SMARTCLUB_ARCHIVE=${settings[archive]:-}
  exec "$pg/postgres" -D "$1" -c listen_addresses=127.0.0.1 -c port="$2" "${archive[@]}"
}

# Starts the database without a supervisor, for one command that ends it again with stop_database.
start_database_alone() {
  local end=$((SECONDS + 120)) log=$data/logs/postgres.log
  local -a archive
  mapfile -t archive < <(archive_options)
  stop_database
  as_owner rm -f "$data/db/postmaster.pid"
  as_owner mkdir -p "$data/logs"
  choose_database_port
  # shellcheck disable=SC2016 # the inner shell expands these
  as_owner env SMARTCLUB_SUPERVISED="$data" SMARTCLUB_ARCHIVE="${settings[archive]:-}" setsid --fork bash -c \
    'exec "$1" -D "$2" -c listen_addresses=127.0.0.1 -c port="$3" "${@:5}" >>"$4" 2>&1 </dev/null' start \
    "$pg/postgres" "$data/db" "$(<"$data/db.port")" "$log" "${archive[@]}" 8<&- 9<&-
  until is_accepting "$(<"$data/db.port")"; do
    ((SECONDS < end)) || fail 'PostgreSQL does not start; see %s.' "$log"
    sleep 0.1
  done
}

is_accepting() { "$pg/pg_isready" --quiet --host 127.0.0.1 --port "$1" --timeout 2; }

# The port this folder has always had, or another when a stranger sits on it. Below 32768 no outgoing connection of
# this machine takes it by chance.
choose_database_port() {
  local port=
  if [[ -f $data/db.port ]]; then port=$(<"$data/db.port"); fi
  while [[ ! $port =~ ^[0-9]+$ ]] || is_listening "$port"; do port=$((20000 + RANDOM % 12000)); done
  printf '%s\n' "$port" | keep "$data/db.port"
}

database_uri() {
  if [[ -n ${settings[database]} ]]; then
    printf '%s' "${settings[database]}"
  else
    printf 'postgresql://smartclub:%s@127.0.0.1:%s/smartclub' "$(<"$data/db.password")" "$(<"$data/db.port")"
  fi
}
