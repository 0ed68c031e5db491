# shellcheck shell=bash
# The commands that judge the program itself: test, bench and simulate.

passed=0
failed=0
skipped=0
holds=    # whether the last check did
running=  # the process group of the step at work
results=  # where the steps leave their counts
finished=no

command_test() {
  data=
  trap finish_test EXIT
  trap 'exit 130' INT TERM
  cd "$root" || exit
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true
  need_sdks
  want_for_testing
  install_wanted
  results=$(mktemp -d)
  # What steps and tests leave in the place for temporary files goes with it.
  mkdir "$results/tmp"
  export TMPDIR=$results/tmp
  check 'Scripts: lint' lint_scripts
  count 'Scripts: tests' scripts tests/Setup/run.sh "$results/scripts"
  test_web
  test_dotnet
  finished=yes
}

test_web() {
  check 'Web: packages' install_modules
  if [[ $holds == no ]]; then return 0; fi
  check 'Web: description of the API' publish silo "$(stamp grains silo)"
  if [[ $holds == no ]]; then return 0; fi
  check 'Web: lint' npm --prefix frontend run lint
  count 'Web: tests' vitest npm --prefix frontend exec --no -- vitest run --root frontend \
    --reporter=default --reporter=json --outputFile="$results/vitest"
  check 'Web: build' build_web "$(stamp_web)"
}

test_dotnet() {
  local filter=()
  if [[ $fast == yes ]]; then filter=(--filter 'Category!=Slow'); fi
  check 'Program: build' dotnet build SmartClub.sln --configuration Release --nologo \
    -p:UseSharedCompilation=false
  if [[ $holds == no ]]; then return 0; fi
  check 'Program: format' dotnet format whitespace SmartClub.sln --no-restore --verify-no-changes
  make_throwaway
  export SMARTCLUB_TEST_DB SMARTCLUB_TEST_PG=$data/postgres.json
  SMARTCLUB_TEST_DB=$(throwaway_uri)
  # A test that hangs is named, and ends the run long before a build server would end it without a word.
  count 'Program: tests' trx dotnet test tests/SmartClub.Tests.csproj --configuration Release --no-build --nologo \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$results/dotnet" \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$results/trx" "${filter[@]}"
}

lint_scripts() { shellcheck -x smartclub .ci/run silo/Setup/*.sh tests/Setup/*.sh tests/Setup/stand-in/{dotnet,npm}; }

# Runs a step in a process group of its own, so that whatever it leaves behind can be ended with it.
step() {
  local code=0
  say '== %s' "$(in_words "$1")"
  shift
  set -m
  ("$@") </dev/null &
  running=$!
  set +m
  wait "$running" || code=$?
  end_step
  return "$code"
}

end_step() {
  if [[ -z $running ]]; then return 0; fi
  signal TERM -- "-$running"
  wait_until_gone 30 "$running" || signal KILL -- "-$running"
  running=
}

# A step that is one check by itself; $holds tells the caller how it went.
check() {
  if step "$@"; then
    holds=yes
    passed=$((passed + 1))
  else
    holds=no
    failed=$((failed + 1))
    say 'FAILED: %s' "$(in_words "$1")"
  fi
}

# count LABEL KIND COMMAND...: a step that counts its own tests. That it ends badly without naming a failed test, or
# leaves no counts at all, is a failure too.
count() {
  local label=$1 kind=$2 code=0 counts
  shift 2
  step "$label" "$@" || code=$?
  counts=$("counts_of_$kind" 2>/dev/null) || counts=
  if [[ ! $counts =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]]; then
    failed=$((failed + 1))
    say 'FAILED: %s left no counts (exit code %s)' "$(in_words "$label")" "$code"
    return 0
  fi
  passed=$((passed + BASH_REMATCH[1]))
  failed=$((failed + BASH_REMATCH[2]))
  skipped=$((skipped + BASH_REMATCH[3]))
  if ((code != 0 && BASH_REMATCH[2] == 0)); then
    failed=$((failed + 1))
    say 'FAILED: %s ended with exit code %s' "$(in_words "$label")" "$code"
  fi
}

counts_of_scripts() { cat "$results/scripts"; }

counts_of_vitest() {
  # shellcheck disable=SC2016 # the text is JavaScript
  node -e '
    const run = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const broken = run.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    console.log(run.numPassedTests, run.numFailedTests + broken.length, run.numPendingTests + run.numTodoTests);
  ' <"$results/vitest"
}

# In a trx file a skipped test is one that was counted but not executed.
counts_of_trx() {
  grep -o '<Counters [^>]*' "$results/trx" | tr ' ' '\n' | tr -d '"' | awk -F= '
    { counter[$1] = $2 }
    END {
      bad = counter["failed"] + counter["error"] + counter["timeout"] + counter["aborted"]
      print counter["passed"] + 0, bad, counter["total"] - counter["executed"]
    }'
}

# In an exit trap a bare `return` passes on the status that the program ends with, hence `return 0` throughout.
finish_test() {
  local code=$?
  end_step
  remove_throwaway || failed=$((failed + 1))
  if [[ -n $results ]]; then rm -rf "$results"; fi
  if [[ $finished == no ]]; then failed=$((failed + 1)); fi
  # The same in every language: programs read it.
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  if ((code == 0 && failed > 0)); then code=1; fi
  exit "$code"
}

command_bench() {
  data=
  trap finish_bench EXIT
  trap 'exit 130' INT TERM
  cd "$root" || exit
  need_sdks
  want_for_testing
  install_wanted
  mkdir -p bench
  with_build_lock quietly 'Building the benchmarks' dotnet build tests/Bench/SmartClub.Bench.csproj \
    --configuration Release --nologo -p:UseSharedCompilation=false
  # Only these two look at the pages.
  if [[ -z $name || $name == @(web|lists) ]]; then with_build_lock build_web "$(stamp_web)"; fi
  make_throwaway
  export SMARTCLUB_TEST_DB SMARTCLUB_TEST_PG=$data/postgres.json SMARTCLUB_BENCH_OUT=$root/bench
  SMARTCLUB_TEST_DB=$(throwaway_uri)
  step 'Benchmarks' dotnet tests/Bench/bin/Release/net10.0/SmartClub.Bench.dll ${name:+"$name"}
}

finish_bench() {
  local code=$?
  end_step
  remove_throwaway || true
  exit "$code"
}

# It needs no database and no port: everything but the program itself is simulated, in one thread.
command_simulate() {
  data=
  cd "$root" || exit
  need_sdks
  with_build_lock quietly 'Building the simulator' dotnet build tests/Simulation/SmartClub.Simulated.csproj \
    --configuration Release --nologo -p:UseSharedCompilation=false
  exec dotnet tests/Simulation/bin/Release/net10.0/SmartClub.Simulated.dll "${simulation[@]}"
}
