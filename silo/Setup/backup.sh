# shellcheck shell=bash
# The commands backup and restore. The journal goes into FILE, the keys into FILE.keys; either alone is useless.

is_backup() { [[ $(head -c 14 -- "$1" 2>/dev/null | tr -d '\0') == smartclub.json ]]; }

command_backup() {
  prepare_journal
  if [[ -z $name ]]; then
    as_owner env SMARTCLUB_SUPERVISED="$data" bash "${settings[silo]%/*}/Setup/daily.sh" "$data" </dev/null 9<&-
    return
  fi
  local file=$name
  [[ -d ${file%/*}/ ]] || fail 'There is no folder %s.' "${file%/*}"
  [[ ! -d $file ]] || fail '%s is a folder; name a file in it.' "$file"
  [[ ! -e $file ]] || is_backup "$file" || fail '%s exists and is no backup of ours; choose another name.' "$file"
  write_backup "$file" "$file.keys" || fail 'No backup was made; %s is as it was.' "$file"
  say 'The backup: %s (%s)' "$file" "$(du -h -- "$file" | cut -f1)"
  say 'Its keys:   %s.keys' "$file"
  say 'Either alone is useless. Keep them in different places, and the keys for a day only:'
  say 'newer keys open older backups too, and whoever was erased since is not in them.'
}

# write_backup FILE KEYS: both whole, or neither.
write_backup() {
  local file=$1 keys=$2
  if ! (umask 077 && : >"$file.new" && : >"$keys.new") 2>/dev/null; then
    rm -f -- "$file.new" "$keys.new"
    say 'Nothing can be written in %s.' "${file%/*}" >&2
    return 1
  fi
  if run_verb backup </dev/null >"$file.new" 3>"$keys.new"; then
    chmod 600 -- "$file.new" "$keys.new" && mv -f -- "$keys.new" "$keys" && mv -f -- "$file.new" "$file"
    return
  fi
  rm -f -- "$file.new" "$keys.new"
  return 1
}

command_restore() {
  need_sdks
  [[ -n $name ]] || fail 'restore needs a backup: ./smartclub restore FILE --data NEW-FOLDER'
  local file=$name keys
  [[ -r $file ]] || fail 'The backup %s cannot be read.' "$file"
  is_backup "$file" || is_archive "$file" || fail '%s is not a backup of SmartClub.' "$file"
  keys=$(find_keys "$file")
  [[ ! -e $data ]] || { [[ -d $data ]] && is_empty "$data"; } ||
    fail '%s is not empty. A backup is restored into a new folder: --data FOLDER.' "$data"
  [[ -e $data ]] || made_folder=yes
  trap undo_restore EXIT
  claim_folder
  claimed=yes
  printf '%s\n' "$file" | keep "$data/restoring"
  lock_folder
  prepare_restore "$file"
  if [[ -d $file ]]; then
    restore_archive "$file" "$keys"
  else
    if [[ -z ${settings[database]} ]]; then
      create_database
      start_database_alone
    fi
    run_verb restore ${given_until:+"$given_until"} <"$file" 3<"$keys" || exit 1
  fi
  keep_restored_settings
  stop_everything
  as_owner rm -f "$data/restoring"
  claimed=no
  say 'Restored into %s. To start it: ./smartclub up --data %s' "$data" "$data"
}

made_folder=no
claimed=no

find_keys() {
  local file=$1 keys
  for keys in ${given_keys:+"$given_keys"} "$file.keys" "${file%/*}/latest.keys"; do
    if [[ -f $keys && -r $keys ]]; then
      printf '%s' "$keys"
      return
    fi
    [[ -z $given_keys ]] || fail 'The file of keys %s cannot be read.' "$keys"
  done
  fail 'The keys are missing: there is no %s.keys. Name the file with --keys FILE.' "$file"
}

prepare_restore() {
  choose_settings
  want_for_running
  install_wanted
  provide silo
  # Rows take about three times what they take packed, and the database's own log as much again.
  check_space $((500 + 6 * $(du -sm -- "$1" | cut -f1)))
}

# Port, address, name and kind of certificate came with the backup; the rest belongs to this machine.
keep_restored_settings() {
  local silo=${settings[silo]} dotnet=${settings[dotnet]}
  load_settings
  settings+=([silo]="$silo" [dotnet]="$dotnet")
  local key
  # shellcheck disable=SC2004 # settings is an associative array
  for key in "${!given[@]}"; do settings[$key]=${given[$key]}; done
  settings_text | keep "$data/settings"
}

# A restore that did not work leaves the folder as it was: empty, or not there.
undo_restore() {
  local code=$?
  if [[ $claimed == no ]]; then exit "$code"; fi
  stop_everything
  as_owner find "$data" -mindepth 1 -delete
  if [[ $made_folder == yes ]]; then rmdir -- "$data" 2>/dev/null; fi
  say 'Nothing was restored.' >&2
  exit "$((code == 0 ? 1 : code))"
}
