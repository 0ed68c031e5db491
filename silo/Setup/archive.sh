# shellcheck shell=bash
# Point-in-time recovery, an option: PostgreSQL copies every piece of its log into a folder, beside copies of the whole
# cluster taken twice a day. Nothing in there is older than a day, for it holds the keys of persons, if wrapped ones.

# What PostgreSQL is started with. The folder's name goes by the environment, so that no character of it needs quoting.
archive_options() {
  if [[ -z ${settings[archive]:-} ]]; then return 0; fi
  # shellcheck disable=SC2016 # PostgreSQL's shell expands these
  local to='"$SMARTCLUB_ARCHIVE/wal/%f"' draft='"$SMARTCLUB_ARCHIVE/wal/%f.new"'
  printf '%s\n' -c archive_mode=on -c archive_timeout=60 \
    -c "archive_command=cp \"%p\" $draft && sync $draft && mv $draft $to"
}

# Called by `up`, before PostgreSQL starts.
prepare_archive() {
  local folder=${settings[archive]}
  if [[ -z $folder ]]; then return 0; fi
  [[ -z ${settings[database]} ]] ||
    fail "An archive is for the club’s own PostgreSQL; the server of SMARTCLUB_DB keeps its own."
  if [[ ! -e $folder ]]; then
    mkdir -p -- "$folder" && chown -- "$owner:" "$folder" && chmod 700 -- "$folder" ||
      fail 'The folder %s cannot be made.' "$folder"
  fi
  [[ -d $folder && $folder != "$data"* ]] || fail 'The archive belongs into a folder outside of %s.' "$data"
  let_pass "$folder" 'choose a folder it may enter'
  as_owner mkdir -p -m 700 "$folder/wal" 2>/dev/null || fail 'The user %s cannot write in %s.' "$owner" "$folder"
}

bases() { find "${settings[archive]}" -maxdepth 1 -type d -name 'base-2*' -printf '%f\n' 2>/dev/null | sort; }

# A copy of the whole cluster while it works; then what is older than a day goes, but never the last one.
make_base() {
  local folder=${settings[archive]} name base oldest
  name=base-$(TZ=UTC printf '%(%Y-%m-%dT%H%M%SZ)T' -1)
  as_owner rm -rf "$folder/base.new"
  PGPASSWORD=$(<"$data/db.admin") as_owner "$pg/pg_basebackup" --host=127.0.0.1 --port="$(<"$data/db.port")" \
    --username=postgres --pgdata="$folder/base.new" --format=tar --gzip --wal-method=fetch --checkpoint=fast \
    --no-password </dev/null || return 1
  as_owner mv "$folder/base.new" "$folder/$name"
  for base in $(bases); do
    if [[ $base != "$name" ]] && ((EPOCHSECONDS - $(stat -c %Y "$folder/$base") > 86000)); then
      as_owner rm -rf "${folder:?}/$base"
    fi
  done
  oldest=$(bases | head -n 1)
  oldest=$(as_owner tar -xzOf "$folder/$oldest/base.tar.gz" backup_label | sed -nE 's/.*\(file ([0-9A-F]{24})\)$/\1/p')
  [[ -n $oldest ]] && as_owner "$pg/pg_archivecleanup" "$folder/wal" "$oldest"
}

is_archive() { [[ -d $1/wal && -n $(settings[archive]=$1 && bases) ]]; }

# restore FOLDER: the newest copy from before the moment, and the log from there on.
restore_archive() {
  local folder=$1 keys=$2 base until_name=base-9 chosen=
  if [[ -n $given_until ]]; then
    until_name=base-$(TZ=UTC date -d "$given_until" +%Y-%m-%dT%H%M%SZ 2>/dev/null) ||
      fail "‘%s’ is not a time; write it like 2026-11-24T18:30:00Z." "$given_until"
  fi
  for base in $(settings[archive]=$folder && bases); do
    if [[ ! $base > $until_name ]]; then chosen=$base; fi
  done
  [[ -n $chosen ]] || fail 'The archive begins later than %s.' "$given_until"
  say 'Restoring %s and what came after…' "$chosen"
  as_owner mkdir -m 700 "$data/db.new"
  as_owner tar -xz -C "$data/db.new" <"$folder/$chosen/base.tar.gz" || fail 'The copy %s is damaged.' "$chosen"
  as_owner touch "$data/db.new/recovery.signal"
  as_owner mv "$data/db.new" "$data/db"
  recover "$folder"
  new_passwords
  start_database_alone
  run_verb unpack-keys </dev/null 3<"$keys" || exit 1
  run_verb verify </dev/null || fail 'The restored club does not verify.'
}

# PostgreSQL reads its log up to the moment and then ends what was open, as after a power cut.
recover() {
  local log=$data/logs/recovery.log end=$((SECONDS + 3600)) pid
  # shellcheck disable=SC2016 # PostgreSQL's shell expands it
  local options=(-c hot_standby=off -c archive_mode=off -c recovery_target_action=promote
    -c 'restore_command=cp "$SMARTCLUB_ARCHIVE/wal/%f" "%p"')
  if [[ -n $given_until ]]; then options+=(-c "recovery_target_time=$(date -u -d "$given_until" '+%F %T.%N+00')"); fi
  as_owner mkdir -p "$data/logs"
  printf '' | keep "$log"
  choose_database_port
  # shellcheck disable=SC2016 # the inner shell expands these
  as_owner env SMARTCLUB_ARCHIVE="$1" bash -c 'log=$1 && shift && exec "$@" </dev/null >>"$log" 2>&1' recover "$log" \
    "$pg/postgres" -D "$data/db" -c listen_addresses=127.0.0.1 -c port="$(<"$data/db.port")" "${options[@]}" \
    8<&- 9<&- &
  pid=$!
  until is_accepting "$(<"$data/db.port")"; do
    is_alive "$pid" || fail 'The log of the archive cannot be read to %s: %s' \
      "$given_until" "$(grep FATAL "$log" | tail -n 1)"
    ((SECONDS < end)) || fail 'The recovery takes longer than an hour; see %s.' "$log"
    sleep 0.2
  done
  stop_database
}

# The passwords of the club's old machine are not in the archive.
new_passwords() {
  local password admin
  password=$(new_password)
  admin=$(new_password)
  printf '%s\n' "$password" | keep "$data/db.password"
  printf '%s\n' "$admin" | keep "$data/db.admin"
  printf "%s\n" "ALTER ROLE smartclub PASSWORD '$password'" "ALTER ROLE postgres PASSWORD '$admin'" |
    as_owner "$pg/postgres" --single -D "$data/db" postgres >/dev/null 2>&1 || fail 'The database cannot be opened.'
}
