# shellcheck shell=bash
# Installs what is missing from Debian, and nothing when all is there.

wanted=()

# want PACKAGE TEST...: the package is missing when the test fails.
want() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || wanted+=("$package")
}

# The two things that are expected beforehand.
need_sdks() {
  local node
  command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
    fail 'The .NET SDK 10 is missing: install dotnet-sdk-10.0 (https://dot.net), then try again.'
  node=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/') || true
  [[ -n $node ]] && ((node >= 20)) && command -v npm >/dev/null ||
    fail 'Node 20 or newer with npm is missing: install it (https://nodejs.org), then try again.'
}

want_for_running() {
  want curl command -v curl
  want tzdata test -e /usr/share/zoneinfo/Africa/Kinshasa
  want libvips-tools command -v vipsthumbnail
  if [[ -z ${settings[database]} ]]; then want postgresql-15 test -x "$pg/postgres" -a -x "$pg/initdb"; fi
  if [[ ${settings[tls]} != off ]]; then want openssl command -v openssl; fi
}

want_for_testing() {
  want curl command -v curl
  want tzdata test -e /usr/share/zoneinfo/Africa/Kinshasa
  want postgresql-15 test -x "$pg/postgres" -a -x "$pg/initdb"
  want openssl command -v openssl
  want libvips-tools command -v vipsthumbnail
  want acl command -v setfacl
  want shellcheck command -v shellcheck
  want haproxy command -v haproxy
  want libfaketime compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1"
  want chromium test -x /usr/bin/chromium
  want fonts-liberation test -d /usr/share/fonts/truetype/liberation
}

install_wanted() {
  local packages=("${wanted[@]}")
  wanted=()
  ((${#packages[@]})) || return 0
  command -v apt-get >/dev/null || fail 'Missing: %s. This is not a Debian; install them by hand.' "${packages[*]}"
  may_install ||
    fail 'Missing: %s, and this user may not install. As root, run: apt-get install %s' \
      "${packages[*]}" "${packages[*]}"
  say 'Installing %s…' "${packages[*]}"
  apt update
  if [[ " ${packages[*]} " == *" postgresql-15 "* ]]; then
    # Without this the package would start a cluster of its own, on port 5432, that nobody asked for.
    apt install postgresql-common
    as_root sed -i -E 's/^#?\s*create_main_cluster\s*=.*/create_main_cluster = false/' \
      /etc/postgresql-common/createcluster.conf
  fi
  apt install "${packages[@]}"
}

# sudo is for installing only; without a terminal it must not stop to ask for a password.
may_install() {
  ((EUID == 0)) || { command -v sudo && { [[ -t 0 ]] || sudo --non-interactive true; }; } >/dev/null 2>&1
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -- "$@"; fi; }

apt() {
  local action=$1 log
  shift
  log=$(mktemp)
  if [[ $action == install ]]; then set -- --yes --no-install-recommends "$@"; fi
  # A package index that cannot be refreshed may still be good enough; the installing itself tells.
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get "$action" "$@" \
    -o DPkg::Lock::Timeout=300 </dev/null >"$log" 2>&1 8<&- 9<&- || [[ $action == update ]]; then
    rm -f "$log"
    return 0
  fi
  tail -n 5 "$log" >&2
  rm -f "$log"
  fail "Debian’s packages could not be installed; is there a network?"
}
