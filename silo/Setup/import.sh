# shellcheck shell=bash
# The command import: sends a file of members to the club that is up, which takes all of it in or nothing; or has a
# file taken back.

command_import() {
  local words=(${dry_run:+--dry-run} "${mapping[@]}") file=$name
  if [[ $importing == undo ]]; then
    [[ -n $name && -n $reason ]] || fail 'undo needs an import and why: ./smartclub import undo ID --reason WHY'
    words=(--undo "$name" --reason "$reason")
    file=/dev/null
  else
    [[ -n $name ]] || fail 'import needs a file: ./smartclub import members FILE.csv'
    [[ -r $name && -f $name ]] || fail 'The file %s cannot be read.' "$name"
  fi
  need_sdks
  open_club
  choose_settings
  [[ -n ${settings[silo]} && -n $(supervisors) ]] ||
    fail 'The club in %s is not up. Start it with ./smartclub up, then import the file.' "$data"
  run_verb import "$(local_url)" "${words[@]}" <"$file"
}
