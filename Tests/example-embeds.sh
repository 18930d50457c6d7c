#!/bin/sh
# Proves that another package can embed the library by its public names alone: the example is built,
# and answers a visitor who proves whose order it is.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
swift build --package-path Examples -c release
Examples/.build/release/Responding . "$scratch" >"$scratch/said"
fail() {
  echo "example-embeds: $1; it said:" >&2
  cat "$scratch/said" >&2
  exit 1
}
[ "$(grep -c '^clarify: ' "$scratch/said")" = 2 ] || fail "it should ask for the order and for a proof"
grep -q '^reply: .*620123456789012345678901' "$scratch/said" || fail "it should name the parcel"
[ -s "$scratch/visitor-7.json" ] || fail "it should keep the conversation"
echo "example-embeds: the example package answers"
