#!/bin/sh
# Runs every fuzz target for some seconds: Scripts/fuzz.sh PROGRAM SECONDS
set -eu
cd "$(dirname "$0")/.."
program=$1
seconds=$2
corpus=.build/fuzz/corpus

# Seeds are what comes in on a good day.
seed() {
  mkdir -p "$corpus/$1"
  number=0
  while IFS= read -r line; do
    number=$((number + 1))
    printf '%s' "$line" >"$corpus/$1/seed$number"
  done
}
for locale in pl en de cs sk hu ro; do
  head -n 20 "Tests/Fixtures/messages/development.$locale.jsonl"
done >"$corpus.messages" 2>/dev/null || { mkdir -p "$corpus"; for locale in pl en de cs sk hu ro; do
  head -n 20 "Tests/Fixtures/messages/development.$locale.jsonl"; done >"$corpus.messages"; }
sed 's/^{/{"id":"1","channel":"chat","buyer":{"id":"b"},"order":{"number":"1","status":"shipped"},/' \
  "$corpus.messages" | seed request
seed folding <"$corpus.messages"
seed review <"$corpus.messages"
mkdir -p "$corpus/template" "$corpus/rules" "$corpus/policy" Fuzz/Found
cp Templates/pl/*.liquid "$corpus/template/"
cp Intents/*.yaml "$corpus/rules/"
cp Policies/c*.yaml Policies/r*.yaml "$corpus/policy/"

status=0
for target in request template rules policy folding review; do
  echo "== $target, $seconds seconds"
  # Swift's own crash handler would come before the fuzzer's, and no case would be kept. The first case of some
  # targets reads the shipped bot, which takes half a minute in this build.
  SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$target "$program" "$corpus/$target" \
    -max_total_time="$seconds" -max_len=4096 -timeout=120 -print_final_stats=1 \
    -exact_artifact_path="Fuzz/Found/$(date +%Y%m%d%H%M%S).$target" 2>&1 |
    grep -E "ERROR|precondition|Fatal|stat::(number_of_executed_units|new_units_added|peak_rss_mb)" || true
done
if ls Fuzz/Found/*.* >/dev/null 2>&1; then
  echo "cases found: Fuzz/Found" >&2
  status=1
fi
exit $status
