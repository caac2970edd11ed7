# Runs the runners one after another, reads their totals and adds them up. Sourced by `dev`.
#
# A runner that fails does not stop the next one. What it prints is shown as it comes and kept in
# target/dev. A runner that has no totals of its own (a linter, a build) counts as one.

logs=$target/dev
rows=()
all_passed=0
all_failed=0

# count LOG LINES PART: in the lines that match LINES, adds up the number in each match of PART.
count() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$1" | { grep -E "$2" || true; } | { grep -oE "$3" || true; } |
    { grep -oE '[0-9]+' || true; } | awk '{ sum += $1 } END { print sum + 0 }'
}

# totals KIND LOG: sets `passed` and `failed` from what a runner printed.
totals() {
  local lines good bad
  case $1 in
    nextest) lines='^ *Summary ' good='[0-9]+ passed' bad='[0-9]+ (failed|timed out|exec failed)' ;;
    cargo-test) lines='^test result:' good='[0-9]+ passed' bad='[0-9]+ failed' ;;
    node) lines='^(#|ℹ) (pass|fail) [0-9]+' good='pass [0-9]+' bad='fail [0-9]+' ;;
    playwright) lines='^ +[0-9]+ [a-z ]+' good='[0-9]+ passed' bad='[0-9]+ (failed|flaky|interrupted|did not run)' ;;
    counted) lines='^[0-9]+ passed, [0-9]+ failed$' good='[0-9]+ passed' bad='[0-9]+ failed' ;;
    one) passed=0 failed=0; return ;;
  esac
  passed=$(count "$2" "$lines" "$good")
  failed=$(count "$2" "$lines" "$bad")
}

# runner NAME KIND COMMAND…: runs it, shows it, counts it.
runner() {
  local name=$1 kind=$2 began=$SECONDS status=0 passed failed log
  shift 2
  log=$logs/${name// /-}.log
  note "$name: $*"
  mkdir -p "$logs"
  "$@" 2>&1 | tee "$log" || status=$?
  totals "$kind" "$log"
  if [ "$status" -eq 0 ] && [ "$passed" -eq 0 ] && [ "$kind" != one ]; then
    printf '%s ran nothing that it could count; that is a failure.\n' "$name"
    status=1
  fi
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$status" -eq 0 ] && [ "$kind" = one ]; then passed=1; fi
  rows+=("$(printf '%-12s %6d passed, %4d failed   %5ds' "$name" "$passed" "$failed" $((SECONDS - began)))")
  all_passed=$((all_passed + passed))
  all_failed=$((all_failed + failed))
}

# summary: the table, the sums, and whether all is well.
summary() {
  note "summary (raw output in ${logs#"$PWD"/})"
  printf '%s\n' "${rows[@]}"
  printf '\n%d passed, %d failed\n' "$all_passed" "$all_failed"
  [ "$all_failed" -eq 0 ]
}
