#!/usr/bin/env bash
# A PostgreSQL for one run of the tests or benchmarks, set up like a club's own, and gone afterwards.
# Usage: throwaway.sh make [MEGABYTES] makes one and prints its folder; with a size it lies on a small disk of its own
#        throwaway.sh start FOLDER     starts the one in FOLDER, also after a kill -9, and writes FOLDER/postgres.json
#        throwaway.sh remove FOLDER    stops it and deletes it
set -euo pipefail

setup=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
if [[ -z ${root:-} ]]; then
  root=$setup/../..
  # shellcheck source=/dev/null
  for part in words options folder install processes database archive; do source "$setup/$part.sh"; done
fi

# A disk that keeps what it is told: figures from a memory file system would be worth nothing. One that shall be full
# is another matter: of so many megabytes, in memory.
make_throwaway() {
  local megabytes=${1:-}
  local place=/var/tmp
  if [[ $(stat -f -c %T "$place") == @(tmpfs|ramfs) || ! -w $place ]]; then place=$root/bench; fi
  mkdir -p "$place"
  data=$(mktemp -d "$place/smartclub-test.XXXXXX")
  owner=$(id -un)
  if ((EUID == 0)); then
    owner=$club_user
    create_club_user
  fi
  if [[ -n $megabytes ]]; then
    local whose
    whose=uid=$(id -u "$owner"),gid=$(id -g "$owner")
    as_root mount -t tmpfs -o "size=${megabytes}m,mode=700,$whose" smartclub "$data"
  fi
  if ((EUID == 0)); then
    chown "$owner:" "$data"
    reach_data
  fi
  new_password | keep "$data/db.admin"
  # Small segments, so that a full disk is met by the log of the database too and not only by its tables.
  make_cluster "$data/db" postgres "$data/db.admin" ${megabytes:+--wal-segsize=1}
  {
    printf 'max_connections = 200\n'
    if [[ -n $megabytes ]]; then printf 'max_wal_size = 64MB\n'; fi
  } | as_owner tee -a "$data/db/smartclub.conf" >/dev/null
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
  if mountpoint --quiet "$data"; then as_root umount "$data"; fi
  rm -rf "$data"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  case ${1:-} in
    make)
      make_throwaway "${2:-}"
      printf '%s\n' "$data"
      exit
      ;;
    start | remove) [[ -d ${2:-} ]] || fail "There is no folder ‘%s’." "${2:-}" ;;
    *) fail 'Usage: throwaway.sh make [MEGABYTES] | start FOLDER | remove FOLDER' ;;
  esac
  data=$2
  owner=$(stat -c %U "$data")
  "$1_throwaway"
fi
