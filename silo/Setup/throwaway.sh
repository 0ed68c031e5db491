#!/usr/bin/env bash
# A PostgreSQL for one run of the tests or benchmarks, set up like a club's own, and gone afterwards.
# Usage: throwaway.sh make            makes one and prints its folder
#        throwaway.sh start FOLDER    starts the one in FOLDER, also after a kill -9, and writes FOLDER/postgres.json
#        throwaway.sh remove FOLDER   stops it and deletes it
set -euo pipefail

setup=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
if [[ -z ${root:-} ]]; then
  root=$setup/../..
  # shellcheck source=/dev/null
  for part in options folder install processes database; do source "$setup/$part.sh"; done
fi

# A disk that keeps what it is told: figures from a memory file system would be worth nothing.
make_throwaway() {
  local place=/var/tmp
  if [[ $(stat -f -c %T "$place") == @(tmpfs|ramfs) || ! -w $place ]]; then place=$root/bench; fi
  mkdir -p "$place"
  data=$(mktemp -d "$place/smartclub-test.XXXXXX")
  owner=$(id -un)
  if ((EUID == 0)); then
    owner=$club_user
    create_club_user
    chown "$owner:" "$data"
    reach_data
  fi
  new_password | keep "$data/db.admin"
  make_cluster "$data/db" postgres "$data/db.admin"
  printf 'max_connections = 200\n' | as_owner tee -a "$data/db/smartclub.conf" >/dev/null
  start_throwaway
}

start_throwaway() {
  start_database_alone
  local pid port
  port=$(<"$data/db.port")
  read -r pid <"$data/db/postmaster.pid"
  keep "$data/postgres.json" <<JSON
{
  "pid": $pid, "port": $port, "data": "$data/db", "uri": "$(throwaway_uri)",
  "start": ["bash", "$setup/throwaway.sh", "start", "$data"]
}
JSON
}

throwaway_uri() {
  printf 'postgresql://postgres:%s@127.0.0.1:%s/postgres' "$(<"$data/db.admin")" "$(<"$data/db.port")"
}

remove_throwaway() {
  if [[ -z $data || ! -d $data ]]; then return 0; fi
  stop_database
  rm -rf "$data"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  case ${1:-} in
    make)
      make_throwaway
      printf '%s\n' "$data"
      exit
      ;;
    start | remove) [[ -d ${2:-} ]] || fail "There is no folder '${2:-}'." ;;
    *) fail "Usage: throwaway.sh make | start FOLDER | remove FOLDER" ;;
  esac
  data=$2
  owner=$(stat -c %U "$data")
  "$1_throwaway"
fi
