# shellcheck shell=bash
# What is said to people, in the language that their environment asks for. A sentence is written in English where it
# is said, as a format of printf; its French is in messages.fr.

declare -A french=() # by the English format; empty where English is wanted
language=en

choose_language() {
  local english words
  if [[ ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} != fr* ]]; then return 0; fi
  language=fr
  # Pairs of lines, with an empty one between them.
  while IFS= read -r english && IFS= read -r words; do
    french[$english]=$words
    read -r _ || true
  done <"$setup/messages.fr"
}

# in_words FORMAT ARGUMENT...
in_words() {
  local format=${french[$1]:-$1}
  shift
  # shellcheck disable=SC2059 # a translated format is a format
  printf -- "$format" "$@"
}

say() { printf '%s\n' "$(in_words "$@")"; }

fail() {
  say "$@" >&2
  exit 1
}

usage() { cat "$setup/help.$language"; }

choose_language
