# shellcheck shell=bash
# The command agent: the program for boxes at doors, one file for each kind of processor, for boxes without .NET.

command_agent() {
  data=
  local to=${name:-$root/devices/Agent/bin/boxes} kind
  [[ ! -e $to || -d $to ]] || fail '%s is not a folder.' "$to"
  need_sdks
  mkdir -p "$to" || fail 'The folder %s cannot be made.' "$to"
  for kind in linux-x64 linux-arm64; do
    build_agent "$kind" "$to/smartclub-agent-$kind"
  done
  cp "$root/devices/Agent/smartclub-agent.service" "$to/"
  say 'The gate agent for boxes with either processor is in %s.' "$to"
}

# A build of its own, lock files included: what another processor needs must not change the checkout, and no other build
# has to wait. The file appears under its name only when it is complete.
build_agent() {
  local kind=$1 file=$2
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  quietly 'Building the gate agent' dotnet publish devices/Agent --configuration Release --runtime "$kind" \
    --self-contained -p:PublishSingleFile=true -p:DebugType=none -p:NuGetLockFilePath="obj/$kind.lock.json" \
    -p:UseSharedCompilation=false --artifacts-path "$scratch/made" --output "$scratch/out"
  cp "$scratch/out/smartclub-agent" "$file.new"
  mv "$file.new" "$file"
  rm -rf "$scratch"
}
