# shellcheck shell=bash
# Builds the silo, the web app and the simulators, each only when its sources changed, and copies the result into the
# data folder: the checkout may be closed to the user that runs it, and may change while the club is open.

# A word that changes with the content of these sources.
stamp() {
  (
    cd "$root" || exit
    shopt -s nullglob
    find "$@" Directory.* global.json \
      \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12
  )
}

# Runs a step of a build away from the caller's terminal and pipes; a compiler that stays behind would hold them open.
# Its temporary files go into a folder of its own: .NET leaves two empty folders behind with every build.
quietly() {
  local what scratch
  what=$(in_words "$1")
  shift
  scratch=$(mktemp -d)
  say '%s…' "$what"
  if (cd "$root" && MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TMPDIR=$scratch \
    "$@" </dev/null >"$scratch/log" 2>&1 8<&- 9<&-); then
    rm -rf "$scratch"
    return 0
  fi
  tail -n 60 "$scratch/log" >&2
  if grep -qE 'NU1301|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ENETUNREACH' "$scratch/log"; then
    rm -rf "$scratch"
    fail '%s failed: the packages could not be fetched. Is there a network?' "$what"
  fi
  rm -rf "$scratch"
  fail '%s failed.' "$what"
}

# Two calls on one checkout take turns; the second then finds the work done.
with_build_lock() {
  exec 8<"$root/smartclub"
  wait_for_lock 8 "$root"
  "$@"
  exec 8<&-
}

# publish PROJECT STAMP: the program that belongs to the stamp, in the project's bin/publish.
publish() {
  local project=$1 mark=$2 folder=$root/$1/bin/publish
  if [[ -f $folder/.stamp && $(<"$folder/.stamp") == "$mark" ]]; then return 0; fi
  rm -rf "$folder"
  local build=(dotnet publish "$project" --configuration Release --output "$folder" -p:UseSharedCompilation=false
    -p:UseAppHost=false)
  case $project in
    silo) quietly 'Building the club' "${build[@]}" ;;
    devices) quietly 'Building the simulators' "${build[@]}" ;;
  esac
  printf '%s\n' "$mark" >"$folder/.stamp"
}

install_modules() {
  local mark folder=$root/frontend/node_modules
  mark=$(cat "$root/frontend/package-lock.json" "$root/frontend/package.json" <(node --version) | sha256sum)
  if [[ -f $folder/.stamp && $(<"$folder/.stamp") == "$mark" ]]; then return 0; fi
  quietly "Fetching the web app’s packages" npm --prefix frontend ci --no-audit --no-fund
  printf '%s\n' "$mark" >"$folder/.stamp"
}

# The web app takes the types of the API from the silo, so it is built anew when either has changed.
stamp_web() { stamp frontend grains silo; }

build_web() {
  local mark=$1 folder=$root/frontend/dist
  if [[ -f $folder/.stamp && $(<"$folder/.stamp") == "$mark" ]]; then return 0; fi
  install_modules
  publish silo "$(stamp grains silo)"
  rm -rf "$folder"
  quietly 'Building the web app' npm --prefix frontend run build
  printf '%s\n' "$mark" >"$folder/.stamp"
}

# copy_app FROM... TO: appears under its name only when it is complete.
copy_app() {
  local to=${*: -1} from
  as_owner rm -rf "$to.new"
  as_owner mkdir -p "$to.new"
  for from in "${@:1:$#-1}"; do
    tar -C "$(dirname "$from")" -cf - "$(basename "$from")" | as_owner tar -C "$to.new" -xf - --no-same-owner ||
      fail 'The program could not be copied to %s; is the disk full?' "$to"
  done
  as_owner mv "$to.new" "$to"
}

# Fills settings[silo], settings[web] and, when asked for, settings[devices] with the folders to run from.
provide() {
  local part mark target
  settings[dotnet]=$(readlink -f "$(command -v dotnet)")
  for part in "$@"; do
    case $part in
      silo) mark=$(stamp grains silo) ;;
      web) mark=$(stamp_web) ;;
      devices) mark=$(stamp devices silo/Setup) ;;
    esac
    target=$data/app/$part-$mark
    case $part in
      silo) settings[silo]=$target/publish ;;
      web) settings[web]=$target/dist ;;
      devices) settings[devices]=$target/publish ;;
    esac
    if [[ ! -d $target ]]; then
      check_space 500
      with_build_lock provide_part "$part" "$mark" "$target"
    fi
  done
}

provide_part() {
  local part=$1 mark=$2 target=$3
  case $part in
    silo)
      publish silo "$mark"
      copy_app "$root/silo/bin/publish" "$setup" "$target"
      ;;
    web)
      build_web "$mark"
      copy_app "$root/frontend/dist" "$target"
      ;;
    devices)
      publish devices "$mark"
      copy_app "$root/devices/bin/publish" "$target"
      ;;
  esac
}

# Programs of earlier versions that nothing runs from any more.
forget_old_programs() {
  local folder
  for folder in "$data"/app/*; do
    if [[ -d $folder && ${settings[silo]} != "$folder"/* && ${settings[web]} != "$folder"/* &&
      ${settings[devices]} != "$folder"/* ]]; then
      as_owner rm -rf "$folder"
    fi
  done
}
