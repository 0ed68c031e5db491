#!/usr/bin/env bash
# The daily backup of one club: both files, then a restore of them into a database of its own that is thrown away, and
# a note of how it went. Started by the supervisor, or by ./smartclub backup without a file.
# Usage: daily.sh DATA [base]   base: a copy of the cluster for the archive instead
set -uo pipefail
umask 077

setup=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=/dev/null
for part in words options folder processes database archive running backup; do source "$setup/$part.sh"; done
club=$1
data=$club
owner=$(id -un)
load_settings
backups=$club/backups
kept=7 # how many daily backups there are at most

main() {
  mkdir -p "$backups"
  exec 7<"$backups"
  flock --nonblock 7 || fail 'Another backup of this club is being made.'
  trap 'data=$club; end_restore_tests' EXIT
  trap 'exit 143' TERM INT
  end_restore_tests
  rm -f "$backups"/*.new
  local began=$EPOCHSECONDS file messages
  file=$backups/$(TZ=UTC printf '%(%Y-%m-%dT%H%M%SZ)T' "$began").backup
  if ! enough_space; then
    note_try false 'The disk under %s is full: a backup and the test of it need %s MB.' "$backups" "$needed"
  elif ! messages=$(write_backup "$file" "$backups/latest.keys" 2>&1); then
    note_try false 'The backup failed: %s' "${messages:--}"
  elif ! test_restore "$file"; then
    mv -f "$file" "$backups/failed.backup"
    note_try false 'The backup was made, but restoring it failed: %s' "$messages"
  else
    note_good "$file" "$messages"
    forget_old
    note_try true 'Restored and verified: %s' "$messages"
  fi
}

# The database of the test takes as much as the club's, at most.
enough_space() {
  local last
  last=$(find "$backups" -name '*.backup' -printf '%s\n' | sort -n | tail -n 1)
  needed=$((300 + ${last:-0} * 10 / 1048576))
  (($(free_megabytes "$backups") >= needed))
}

# Just what a person would do after a disaster, in a folder that nobody else knows.
test_restore() {
  local file=$1 rows
  rows=$(rows_in "$messages")
  [[ -x $pg/initdb ]] || { messages=$(in_words 'PostgreSQL 15 is not installed here.') && return 1; }
  data=$(mktemp -d "$backups/test.XXXXXX")
  settings+=([database]='' [archive]='')
  messages=$({ create_database >/dev/null && start_database_alone 7<&- &&
    run_verb restore <"$file" 3<"$backups/latest.keys"; } 2>&1)
  local code=$?
  (stop_database)
  rm -rf "$data"
  data=$club
  ((code == 0)) && [[ -n $rows && $(rows_in "$messages") == "$rows" ]]
}

# The first number of what backup and restore say, in whichever language.
rows_in() { sed -nE 's/^ok[^0-9]*([0-9]+).*/\1/p' <<<"$1" | tail -n 1; }

forget_old() {
  find "$backups" -maxdepth 1 -name '2*.backup' -printf '%f\n' | sort -r | tail -n "+$((kept + 1))" |
    while read -r file; do rm -f "$backups/$file"; done
}

note_good() {
  printf '{ "at": %s, "file": %s, "rows": %s, "bytes": %s }\n' "$(json_time "$began")" "$(json_text "$1")" \
    "$(rows_in "$2")" "$(stat -c %s "$1")" >"$backups/last-good.json"
}

# note_try OK WORDS...
note_try() {
  local good=null ok=$1 words
  shift
  words=$(in_words "$@")
  if [[ -s $backups/last-good.json ]]; then good=$(<"$backups/last-good.json"); fi
  printf '{ "lastTry": { "at": %s, "ok": %s, "message": %s },\n  "lastGood": %s }\n' \
    "$(json_time "$began")" "$ok" "$(json_text "$words")" "$good" >"$backups/status.new" &&
    mv -f "$backups/status.new" "$backups/status.json"
  say '%s' "$words"
  [[ $ok == true ]]
}

json_time() { TZ=UTC printf '"%(%FT%TZ)T"' "$1"; }

if [[ ${2:-} == base ]]; then make_base; else main; fi
