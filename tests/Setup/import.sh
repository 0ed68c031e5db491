# shellcheck shell=bash
# Import as the command does it: which file and which words reach the club that is up, and where it stops before.

people="$place/people of the club.csv"
printf 'Vor=na me,lastName\nGrace,Ilunga\nRuth,Lukusa\n' >"$people"

import_reaches_the_club_that_is_up() {
  local said
  club up --data "$first" >/dev/null
  said=$(cd "$place" && club import members "people of the club.csv" --data "$first")
  [[ $said == "2 lines with [\"http://localhost:$(sed -n 's/^port=//p' "$first/settings")\"]" ]]
}

import_hands_on_columns_and_a_dry_run() {
  local said
  said=$(club import members "$people" --data "$first" --map 'Vor=na me=firstName' --map lastName=lastName --dry-run)
  [[ $said == *',"--dry-run","--map","Vor=na me=firstName","--map","lastName=lastName"]' ]]
}

import_of_a_wrong_line_ends_with_1() {
  local code=0 said
  printf 'firstName,lastName\nGrace,Ilunga\n\n' >"$place/wrong.csv"
  said=$(club import members "$place/wrong.csv" --data "$first") || code=$?
  [[ $code == 1 && $said == "line 3, firstName: Required." ]]
}

import_undo_needs_no_file() {
  local said
  said=$(club import undo imp_1 --reason 'Wrong columns, all of them' --data "$first")
  [[ $said == *',"--undo","imp_1","--reason","Wrong columns, all of them"]' ]]
  refuses "undo needs an import and why" club import undo imp_1 --data "$first"
  refuses "undo needs an import and why" club import undo --reason why --data "$first"
}

import_refuses_what_is_no_file() {
  refuses "cannot be read" club import members "$place/none.csv" --data "$first"
  refuses "cannot be read" club import members "$place" --data "$first"
  refuses "needs a file" club import members --data "$first"
  refuses "import takes members" club import plans "$people" --data "$first"
  refuses "import takes members" club import
}

# The last of two names won unseen: the file that was meant was never read.
one_name_too_many_is_refused() {
  local other=$place/other.csv verb
  cp "$people" "$other"
  refuses "‘$other’ is one too many after ‘$people’" club import members "$people" "$other" --data "$first"
  refuses "n’accepte qu’un seul nom" env -u LC_ALL LANG=fr_CD.UTF-8 "$checkout/smartclub" import members \
    "$people" "$other" --data "$first"
  refuses "one too many" club import undo imp_1 imp_2 --reason why --data "$first"
  for verb in backup restore ha-config agent bench rebuild; do
    refuses "$verb takes one name only" club "$verb" "$place/a" --data "$first" "$place/b"
  done
  [[ ! -e $place/a && ! -e $place/b ]]
}

import_starts_no_club() {
  club down --data "$first" >/dev/null
  refuses "is not up" club import members "$people" --data "$first"
  refuses "is not up" club import undo imp_1 --reason why --data "$first"
  [[ -z $(processes_of "$first") ]]
  refuses "There is no club" club import members "$people" --data "$place/club-none"
  [[ ! -e $place/club-none ]]
}

check import_reaches_the_club_that_is_up
check import_hands_on_columns_and_a_dry_run
check import_of_a_wrong_line_ends_with_1
check import_undo_needs_no_file
check import_refuses_what_is_no_file
check one_name_too_many_is_refused
check import_starts_no_club
