#!/bin/sh
# Messages a second through `odzew pipe`, as a ratio to `jq -c .` on the same lines.
set -eu
cd "$(dirname "$0")/.."
command -v jq >/dev/null || { echo "bench: jq is missing" >&2; exit 1; }
lines=${LINES_OF_INPUT:-20000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The input: the sample orders in turn, each with a question, one conversation a line.
jq -c --argjson count "$lines" '
  . as $orders
  | ["Gdzie jest moja paczka?", "How do I return this?", "Paczka miała być wczoraj i nadal jej nie ma.",
     "Can I get an invoice please", "Czajnik przestał działać po tygodniu.", "Hello", "Dziękuję"] as $texts
  | range($count)
  | $orders[. % ($orders | length)] as $order
  | {id: "m\(.)", channel: "allegro", sent_at: "2026-11-20T10:00:00+01:00",
     text: $texts[. % ($texts | length)], buyer: {id: ($order.buyer.id // "nobody")}, order: $order}
' Samples/orders.json >"$scratch/input.ndjson"

seconds() {
  start=$(date +%s.%N)
  "$@" <"$scratch/input.ndjson" >"$scratch/output"
  end=$(date +%s.%N)
  echo "$end $start" | awk '{printf "%.3f", $1 - $2}'
}

jq_seconds=$(seconds jq -c .)
odzew_seconds=$(seconds .build/release/odzew pipe)
state_seconds=$(seconds .build/release/odzew pipe --state "$scratch/state.odzew")
echo "lines $lines; bytes $(wc -c <"$scratch/input.ndjson")"
echo "jq -c .     $jq_seconds s"
echo "odzew pipe  $odzew_seconds s"
echo "  --state   $state_seconds s, durable, $(du -k "$scratch/state.odzew" | cut -f1) KiB"
echo "$lines $jq_seconds $odzew_seconds" \
  | awk '{printf "odzew answers %.0f messages a second, %.2f x the lines a second of jq\n", $1 / $3, $2 / $3}'
echo "$lines $odzew_seconds $state_seconds" \
  | awk '{printf "with --state %.0f messages a second, %.2f x the time without\n", $1 / $3, $3 / $2}'
