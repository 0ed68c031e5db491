# shellcheck shell=bash
# Where the command must not go on: one clear sentence, and nothing harmed.

a_silo_that_refuses_is_not_tried_again() {
  touch "$first/refuse"
  refuses "This stand-in refuses to run." club up --data "$first"
  [[ -z $(processes_of "$first") ]]
  rm "$first/refuse"
  club up --data "$first" >/dev/null
  club down --data "$first" >/dev/null
}

a_silo_that_crashes_is_named() {
  touch "$first/crash"
  refuses "This stand-in crashes." club up --data "$first"
  rm "$first/crash"
  club up --data "$first" >/dev/null
  is_up "$first"
  club down --data "$first" >/dev/null
}

data_of_another_version_is_not_touched() {
  local after
  echo 2 >"$second/version"
  refuses "version 2" club up --data "$second"
  refuses "version 2" club verify --data "$second"
  after=$(<"$second/version")
  echo 1 >"$second/version"
  [[ $after == 2 ]]
}

a_folder_of_something_else_is_not_touched() {
  mkdir "$place/photos"
  touch "$place/photos/one.jpg"
  refuses "not empty" club up --data "$place/photos"
  [[ $(ls -A "$place/photos") == one.jpg ]]
}

down_and_verify_without_a_club() {
  club down --data "$place/none" >/dev/null
  refuses "no club" club verify --data "$place/none"
  [[ ! -e $place/none ]]
}

wrong_words_are_refused() {
  refuses "no command" club fly
  refuses "no option" club up --fly
  refuses "not expected" club down everything
  refuses "--port needs a number" club up --port 99999
  refuses "--count needs a number" club simulate --count many
  refuses "cannot be read" club up --tls /none /none
}

a_missing_sdk_is_named() {
  mkdir "$place/old"
  printf '#!/bin/sh\necho 9.0.100\n' >"$place/old/dotnet"
  chmod +x "$place/old/dotnet"
  refuses ".NET SDK 10 is missing" env PATH="$place/old:$PATH" "$checkout/smartclub" up --data "$first"
  printf '#!/bin/sh\necho v18.1.0\n' >"$place/old/node"
  chmod +x "$place/old/node"
  rm "$place/old/dotnet"
  refuses "Node 20 or newer" env PATH="$place/old:$PATH" "$checkout/smartclub" up --data "$first"
}

check a_silo_that_refuses_is_not_tried_again
check a_silo_that_crashes_is_named
check data_of_another_version_is_not_touched
check a_folder_of_something_else_is_not_touched
check down_and_verify_without_a_club
check wrong_words_are_refused
check a_missing_sdk_is_named
