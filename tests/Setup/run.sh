#!/usr/bin/env bash
# Tests of ./smartclub itself, with the real PostgreSQL and a stand-in for the silo, so that they take seconds.
# Usage: run.sh [FILE]   FILE receives the counts: passed failed skipped
set -uo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
passed=0
failed=0

# A checkout that nobody but the caller may enter, made under the strictest umask.
umask 077
place=$(mktemp -d /var/tmp/smartclub-scripts.XXXXXX)
checkout=$place/checkout
mkdir -p "$checkout"/{silo,devices,frontend,grains}
cp "$here/../../smartclub" "$checkout/"
cp -r "$here/../../silo/Setup" "$checkout/silo/"
cp -r "$here/stand-in" "$place/bin"
chmod -R a+rX "$place/bin"
echo '{}' | tee "$checkout/frontend/package.json" "$checkout/frontend/package-lock.json" "$checkout/global.json" \
  >"$checkout/grains/Source.cs"
export PATH=$place/bin:$PATH LC_ALL=C.UTF-8
unset SMARTCLUB_DB

club() { "$checkout/smartclub" "$@"; }

finish() {
  local folder
  for folder in "$place"/club-*; do club down --data "$folder" >/dev/null 2>&1; done
  rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

# A port that is free now; these tests run beside others.
free_port() {
  local port
  while true; do
    port=$((12000 + RANDOM % 6000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

field() { sed -nE "s/.*\"$2\": ?\"?([^\",} ]+).*/\1/p" "$1/run.json"; }

is_up() { curl -sf -o /dev/null --noproxy '*' "$(field "$1" url)/health/ready"; }

pids_are_alive() {
  local part
  for part in supervisor silo postgres; do kill -0 "$(field "$1" "$part")" || return 1; done
}

# The processes that work in a data folder; in a container only their own user may see that.
processes_of() {
  local as=()
  if ((EUID == 0)); then as=(setpriv --reuid smartclub --regid smartclub --clear-groups); fi
  "${as[@]}" find /proc -mindepth 2 -maxdepth 2 -name cwd -lname "$1*" -printf '%h\n' 2>/dev/null | sed 's|/proc/||'
}

# refuses WORDS COMMAND...: exit code 1 and a sentence with these words.
refuses() {
  local words=$1 output code=0
  shift
  output=$("$@" 2>&1) || code=$?
  [[ $code == 1 && $output == *"$words"* ]] || { echo "  code $code: $output" && return 1; }
}

check() {
  local began=$SECONDS output code
  # Not as the condition of an `if`: there every failing line but the last would be forgiven.
  output=$(set -e; "$1" 2>&1)
  code=$?
  if ((code == 0)); then
    passed=$((passed + 1))
    echo "ok      ${1//_/ } ($((SECONDS - began)) s)"
  else
    failed=$((failed + 1))
    echo "not ok  ${1//_/ }"
    printf '%s\n' "${output//$'\n'/$'\n'        }"
  fi
}

# shellcheck source=/dev/null
for file in running faults standby refusals backup import french; do source "$here/$file.sh"; done

echo "$passed passed, $failed failed, 0 skipped"
if [[ -n ${1:-} ]]; then echo "$passed $failed 0" >"$1"; fi
((failed == 0))
