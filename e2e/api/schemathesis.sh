#!/usr/bin/env bash
# Requests made from the API's own description, good and bad ones, against a demo of its own.
#
#   e2e/api/schemathesis.sh     prints what it finds, and at the end "N passed, N failed"
#
# Each operation is one case: it passes if no request of it gets a 5xx, or an answer that the
# description does not promise (status, content type, body). One round for each kind of caller, each
# with ids that exist. The seed is fixed; EXAMPLES says how many requests are made up for each operation.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

target=${CARGO_TARGET_DIR:-$PWD/target}
program=${JUGNU_BIN:-$target/debug/jugnu-tickets}
tool=${SCHEMATHESIS:-$target/schemathesis/bin/schemathesis}
python=$(dirname "$tool")/python
examples=${EXAMPLES:-25}
work=$(mktemp -d)
export METRICS_TOKEN=a-token-for-the-operators-round
export HYPOTHESIS_STORAGE_DIRECTORY=$work/hypothesis PYTHONDONTWRITEBYTECODE=1

coproc DEMO { exec "$program" demo --addr 127.0.0.1:0 --stripe-addr 127.0.0.1:0 --data "$work/data" 2>"$work/log"; }
demo=$DEMO_PID
finish() {
  kill "$demo" 2>/dev/null || true
  wait "$demo" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

ready=
while read -r line; do
  case $line in *"is ready"*) ready=yes; break ;; esac
done <&"${DEMO[0]}"
[ -n "$ready" ] || { cat "$work/log"; echo "the demo did not start"; exit 1; }
cat <&"${DEMO[0]}" >/dev/null &

"$python" e2e/api/prepare.py "$work" "$METRICS_TOKEN"
url=$(cat "$work/url")
# Kept once: a caller whose key is good for one address only may not read it.
"$python" -c 'import sys, urllib.request as r; r.urlretrieve(*sys.argv[1:])' "$url/api/tickets/openapi.json" "$work/openapi.json"

status=0
for round in stranger organizer admin buyer door operator; do
  echo "== as the $round"
  # In the work folder, because the tool leaves notes where it is started.
  (cd "$work" && "$tool" --config-file "$work/$round.toml" run openapi.json --url "$url" --include-path-regex "$(cat "$work/$round.paths")" \
    --checks not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance \
    --phases examples,coverage,fuzzing --max-examples "$examples" --seed 20261115 --workers 1 \
    --report junit --report-junit-path "$work/$round.xml" --no-color) || status=1
done

grep -E ' (ERROR|WARN) ' "$work/log" | grep -v 'a request was turned away' | tail -20 || true
"$python" e2e/api/totals.py "$work"/*.xml
exit "$status"
