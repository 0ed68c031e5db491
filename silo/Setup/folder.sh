# shellcheck shell=bash
# The data folder: whose it is, which version, who may work on it now, and the user that everything in it runs as.

data_version=1
owner=           # the user that PostgreSQL and the silo run as
club_user=smartclub

# Runs a program as the owner. Everything inside the data folder is read and written this way, so that root never
# follows a link that somebody else laid there.
as_owner() {
  if [[ $(id -un) == "$owner" ]]; then
    "$@"
  else
    setpriv --reuid "$owner" --regid "$(id -g "$owner")" --init-groups --inh-caps=-all \
      env -u TMPDIR -u XDG_RUNTIME_DIR HOME="$data" USER="$owner" LOGNAME="$owner" "$@"
  fi
}

# Writes standard input to a file of the data folder: whole or not at all, and for the owner's eyes only.
keep() {
  # shellcheck disable=SC2016 # the inner shell expands these
  as_owner bash -c 'umask 077; cat >"$1.new" && mv -f "$1.new" "$1"' keep "$1" ||
    fail 'Cannot write %s; is the disk full?' "$1"
}

# Takes a lock on an open file (fd) and says so when somebody else holds it.
wait_for_lock() {
  local fd=$1 what=$2
  flock --nonblock "$fd" && return 0
  say 'Another ./smartclub is at work on %s; waiting for it to finish.' "$what"
  flock --timeout 1200 "$fd" || fail 'Another ./smartclub is still at work on %s; try again later.' "$what"
}

is_empty() { [[ -z $(ls -A --ignore=lost+found -- "$1") ]]; }

# Makes the data folder ours, or refuses to touch a folder that is somebody else's.
claim_folder() {
  exec 8<"$root/smartclub"
  wait_for_lock 8 "$root"
  if [[ ! -e $data ]]; then
    mkdir -p -- "$(dirname "$data")" && mkdir -m 700 -- "$data" || fail 'The folder %s cannot be made.' "$data"
  fi
  [[ -d $data ]] || fail '%s is not a folder.' "$data"
  if is_empty "$data"; then
    choose_owner_of_new_folder
    if ((EUID == 0)); then reach_data; fi
    printf '%s\n' "$data_version" | keep "$data/version"
  fi
  open_folder
  exec 8<&-
}

choose_owner_of_new_folder() {
  owner=$(id -un)
  if ((EUID == 0)); then
    owner=$(stat -c %U -- "$data")
    if [[ $owner == root ]]; then
      owner=$club_user
      create_club_user
      chown -- "$owner:" "$data" && chmod 700 -- "$data" || fail 'The folder %s cannot be given to %s.' "$data" "$owner"
    fi
  elif [[ ! -O $data || ! -w $data ]]; then
    fail 'The folder %s belongs to %s; choose another with --data.' "$data" "$(stat -c %U -- "$data")"
  fi
}

create_club_user() {
  id -u "$club_user" >/dev/null 2>&1 && return 0
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$club_user" ||
    id -u "$club_user" >/dev/null 2>&1 || fail 'The system user %s cannot be created.' "$club_user"
}

# A folder that is already a club's: checks that it is, that this program knows its version, and who owns it.
open_folder() {
  owner=$(stat -c %U -- "$data")
  ((EUID == 0)) || [[ -O $data ]] || fail 'The club in %s belongs to %s; run this as %s or as root.' \
    "$data" "$owner" "$owner"
  [[ -f $data/version ]] || fail '%s is not empty and holds no club of ours; choose another folder with --data.' "$data"
  [[ $owner != root || $EUID -ne 0 ]] ||
    fail '%s belongs to root, and PostgreSQL never runs as root: chown -R %s %s or choose another.' \
      "$data" "$club_user" "$data"
  [[ $owner != UNKNOWN ]] || fail '%s belongs to a user that does not exist here; give it to %s first.' \
    "$data" "$club_user"
  local found
  found=$(<"$data/version")
  [[ $found == "$data_version" ]] || fail '%s holds data of version %s; this program reads %s.' \
    "$data" "$found" "$data_version"
  [[ ! -e $data/restoring ]] ||
    fail 'A restore into %s did not come to its end: delete the folder, then restore again.' "$data"
  if ((EUID == 0)); then reach_data; fi
}

reach_data() { let_pass "$data" 'choose a folder it may enter, such as --data /var/lib/smartclub'; }

has_club() { [[ -d $data ]] && ! is_empty "$data"; }

lock_folder() {
  as_owner touch "$data/lock" || fail 'Nothing can be written in %s; is the disk full?' "$data"
  exec 9<"$data/lock"
  wait_for_lock 9 "$data"
}

# let_pass PATH ADVICE: gives the owner the bare right to walk through the folders above, where it is missing.
let_pass() {
  local target=$1 above=
  if as_owner test -x "$target"; then return 0; fi
  local -a steps
  IFS=/ read -ra steps <<<"${target#/}"
  for step in "${steps[@]::${#steps[@]}-1}"; do
    above=$above/$step
    if as_owner test -x "$above"; then continue; fi
    want acl command -v setfacl
    install_wanted
    setfacl -m "u:$owner:x" -- "$above" 2>/dev/null || break
  done
  as_owner test -x "$target" ||
    fail 'The user %s cannot reach %s; %s.' "$owner" "$target" "$(in_words "$2")"
}

free_megabytes() { df -Pm -- "$1" | awk 'NR == 2 { print $4 }'; }

check_space() {
  local free
  free=$(free_megabytes "$data")
  ((free >= $1)) || fail 'The disk under %s is full: %s MB are free, %s MB are needed. Nothing was changed.' \
    "$data" "$free" "$1"
}
