# shellcheck shell=bash
# The long fault campaign: real processes killed, stopped, starved of disk and lied to about the time.

# How many processes to kill, for how long at least, and by which seed the faults come.
declare -A campaign=([kills]=200 [minutes]=0)

command_chaos() {
  data=
  trap finish_bench EXIT
  trap 'exit 130' INT TERM
  cd "$root" || exit
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  need_sdks
  want_for_testing
  install_wanted
  local seed=${campaign[seed]:-$(date +%Y%m%d)}
  local folder=$root/bench/chaos-$seed
  mkdir -p "$folder"
  with_build_lock quietly 'Building the tests' dotnet build tests/SmartClub.Tests.csproj \
    --configuration Release --nologo -p:UseSharedCompilation=false
  say 'Seed %s; what clients, faults and silo say is written to %s.' "$seed" "$folder"
  step 'Chaos' dotnet tests/bin/Release/net10.0/SmartClub.Tests.dll chaos \
    "${campaign[kills]}" "$seed" "${campaign[minutes]}" "$folder"
}
