# shellcheck shell=bash
# The same command for whoever reads French, by the environment. What programs read stays as it is.

in_french() { env -u LC_ALL LANG=fr_CD.UTF-8 "$checkout/smartclub" "$@"; }

language_follows_the_environment() {
  in_french help | grep -q "arrête tout ce que"
  refuses "n’existe pas" in_french fly
  refuses "There is no command" env LC_ALL=C.UTF-8 LANG=fr_CD.UTF-8 "$checkout/smartclub" fly
  refuses "n’existe pas" env -u LC_ALL LC_MESSAGES=fr LANG=en_GB.UTF-8 "$checkout/smartclub" fly
  refuses "attend un nombre entre" in_french up --port 99999
}

a_club_opens_and_closes_in_french() {
  local said
  said=$(in_french up --data "$first")
  [[ $said == *"SmartClub est ouvert"*"mot de passe   secret"* ]]
  is_up "$first"
  pids_are_alive "$first"
  [[ $(in_french down --data "$first") == "SmartClub est arrêté." ]]
}

a_silo_that_crashes_is_named_in_french() {
  touch "$first/crash"
  refuses "silo s’est arrêté avec le code 1. This stand-in crashes." in_french up --data "$first"
  rm "$first/crash"
  in_french down --data "$first" >/dev/null
}

the_daily_backup_knows_its_rows_in_french() {
  [[ $(in_french backup --data "$first" 2>&1) == *"Restauré et vérifié"*"7 lignes"* ]]
  grep -q '"ok": true' "$first/backups/status.json"
  grep -q '"rows": 7' "$first/backups/status.json"
}

tests_are_counted_in_the_same_words() {
  local said
  said=$(env PATH="$place/old:$PATH" LC_ALL=fr "$checkout/smartclub" test 2>/dev/null) || true
  [[ ${said##*$'\n'} == "0 passed, 1 failed, 0 skipped" ]]
}

check language_follows_the_environment
check a_club_opens_and_closes_in_french
check a_silo_that_crashes_is_named_in_french
check the_daily_backup_knows_its_rows_in_french
check tests_are_counted_in_the_same_words
