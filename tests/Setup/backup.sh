# shellcheck shell=bash
# Backup and restore as the command does them: who may write where, what is left alone, what is left behind.

third=$place/club-restored

backup_works_up_and_down_and_may_be_repeated() {
  local file=$place/one.backup
  club up --data "$first" >/dev/null
  [[ $(cd "$place" && club backup one.backup --data "$first") == *"Either alone is useless"* ]]
  [[ $(stat -c %a "$file") == 600 && $(stat -c %a "$file.keys") == 600 ]]
  club down --data "$first" >/dev/null
  club backup "$file" --data "$first" >/dev/null
  [[ -z $(processes_of "$first") && $(find "$place" -name '*.new') == '' ]]
}

backup_harms_no_file_of_others() {
  echo letter >"$place/letter"
  refuses "is no backup of ours" club backup "$place/letter" --data "$first"
  refuses "is a folder" club backup "$place" --data "$first"
  refuses "There is no folder" club backup "$place/none/x" --data "$first"
  [[ $(<"$place/letter") == letter ]]
}

backup_that_fails_leaves_the_one_before() {
  touch "$first/fault"
  refuses "journal is damaged" club backup "$place/one.backup" --data "$first"
  rm "$first/fault"
  is_of_seven_rows "$place/one.backup"
  [[ $(find "$place" -name '*.new') == '' ]]
}

is_of_seven_rows() { grep -q "7 rows" "$1"; }

restore_makes_a_club_in_a_new_folder() {
  [[ $(club restore "$place/one.backup" --data "$third" --port "$(free_port)") == *"smartclub up --data $third"* ]]
  [[ -z $(processes_of "$third") && ! -e $third/restoring ]]
  grep -q '^club=Gombe$' "$third/settings"
  club up --data "$third" >/dev/null
  is_up "$third"
  club down --data "$third" >/dev/null
}

restore_finds_its_keys() {
  mkdir "$place/apart" "$place/club-apart"
  cp "$place/one.backup" "$place/apart/"
  refuses "keys are missing" club restore "$place/apart/one.backup" --data "$place/club-apart"
  local said
  said=$(cd "$place" &&
    club restore apart/one.backup --keys one.backup.keys --data club-apart --until 2026-01-01 2>&1)
  [[ $said == *"until 2026-01-01"* ]]
}

restore_leaves_alone_what_is_not_empty() {
  refuses "is not empty" club restore "$place/one.backup" --data "$first"
  mkdir "$place/letters"
  touch "$place/letters/one"
  refuses "is not empty" club restore "$place/one.backup" --data "$place/letters"
  [[ $(ls -A "$place/letters") == one ]]
}

restore_that_fails_leaves_nothing() {
  echo other >"$place/other.keys"
  refuses "Nothing was restored" club restore "$place/one.backup" --keys "$place/other.keys" --data "$place/club-new"
  [[ ! -e $place/club-new ]]
  refuses "is not a backup" club restore "$place/letter" --data "$place/club-new"
  refuses "cannot be read" club restore "$place/none" --data "$place/club-new"
  refuses "needs a backup" club restore --data "$place/club-new"
  [[ ! -e $place/club-new ]]
}

a_restore_that_was_killed_is_not_taken_for_a_club() {
  echo x >"$third/restoring"
  refuses "did not come to its end" club up --data "$third"
  rm "$third/restoring"
}

daily_backup_is_tested_and_noted() {
  club up --data "$first" >/dev/null
  [[ $(club backup --data "$first" 2>&1) == *"Restored and verified: ok: 7 rows"* ]]
  local note=$first/backups/status.json
  node -e '
    const note = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    if (!note.lastTry.ok || note.lastGood.rows !== 7 || note.lastGood.bytes < 20) throw new Error("wrong note");
  ' "$note"
  [[ $(stat -c %a "$first/backups/latest.keys") == 600 && -z $(find "$first/backups" -name 'test.*') ]]
}

the_supervisor_makes_the_daily_backup_by_itself() {
  local end=$((SECONDS + 60))
  club down --data "$first" >/dev/null
  rm -rf "$first/backups"
  SMARTCLUB_BACKUP_AFTER=1 club up --data "$first" >/dev/null
  until grep -qs '"ok": true' "$first/backups/status.json"; do
    ((SECONDS < end))
    sleep 0.2
  done
  [[ $(find "$first/backups" -name '2*.backup' | wc -l) == 1 ]]
  # Not once more before a day has passed: the supervisor has looked again meanwhile.
  sleep 4
  [[ $(grep -c 'making the daily backup' "$first/logs/supervisor.log") == 1 ]]
}

failed_daily_backup_is_noted_and_keeps_the_good_one() {
  touch "$first/fault"
  ! club backup --data "$first" >/dev/null 2>&1
  rm "$first/fault"
  grep -q '"ok": false' "$first/backups/status.json"
  grep -q '"rows": 7' "$first/backups/status.json"
  [[ $(find "$first/backups" -name '2*.backup' | wc -l) == 1 ]]
}

daily_backups_are_kept_for_a_week() {
  local day
  for day in 1 2 3 4 5 6 7 8 9; do cp "$place/one.backup" "$first/backups/2026-01-0${day}T030000Z.backup"; done
  club backup --data "$first" >/dev/null
  [[ $(find "$first/backups" -name '2*.backup' | wc -l) == 7 ]]
  [[ ! -e $first/backups/2026-01-03T030000Z.backup ]]
  club down --data "$first" >/dev/null
  [[ -z $(processes_of "$first") ]]
}

# With the real PostgreSQL: what was written before the moment is there, what came after is not, though all of it went
# into the archive after the only copy of the cluster was taken.
archive_brings_back_any_moment() {
  local archive="$place/archive of the club" moment uri
  club up --data "$first" --archive "$archive" >/dev/null
  uri=$(field "$first" db)
  psql -q "$uri" -c "create table marks (mark text); insert into marks values ('old')"
  wait_for_base "$archive"
  psql -q "$uri" -c "insert into marks values ('before')"
  sleep 1
  moment=$(psql -At "$uri" -c "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
  sleep 1
  psql -q "$uri" -c "insert into marks values ('after')"
  PGPASSWORD=$(<"$first/db.admin") psql -q -h 127.0.0.1 -p "$(<"$first/db.port")" -U postgres -d postgres \
    -c 'select pg_switch_wal()' >/dev/null
  club down --data "$first" >/dev/null
  club restore "$archive" --until "$moment" --keys "$place/one.backup.keys" --data "$place/club-then" >/dev/null
  club up --data "$place/club-then" --port "$(free_port)" >/dev/null
  [[ $(psql -At "$(field "$place/club-then" db)" -c 'select mark from marks') == $'old\nbefore' ]]
  club down --data "$place/club-then" >/dev/null
  club restore "$archive" --keys "$place/one.backup.keys" --data "$place/club-all" >/dev/null
  club up --data "$place/club-all" --port "$(free_port)" >/dev/null
  [[ $(psql -At "$(field "$place/club-all" db)" -c 'select mark from marks') == $'old\nbefore\nafter' ]]
  club down --data "$place/club-all" >/dev/null
  refuses "begins later" club restore "$archive" --until 2020-01-01 --keys "$place/one.backup.keys" \
    --data "$place/club-never"
  [[ ! -e $place/club-never ]]
}

wait_for_base() {
  local end=$((SECONDS + 120))
  until [[ -n $(find "$1" -name base.tar.gz -path '*base-2*') ]]; do
    ((SECONDS < end))
    sleep 0.5
  done
}

check backup_works_up_and_down_and_may_be_repeated
check backup_harms_no_file_of_others
check backup_that_fails_leaves_the_one_before
check restore_makes_a_club_in_a_new_folder
check restore_finds_its_keys
check restore_leaves_alone_what_is_not_empty
check restore_that_fails_leaves_nothing
check a_restore_that_was_killed_is_not_taken_for_a_club
check daily_backup_is_tested_and_noted
check the_supervisor_makes_the_daily_backup_by_itself
check failed_daily_backup_is_noted_and_keeps_the_good_one
check daily_backups_are_kept_for_a_week
check archive_brings_back_any_moment
