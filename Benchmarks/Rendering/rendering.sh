#!/bin/sh
# Renders a second of the pages in Rendering/pages, as a ratio to python-liquid; the texts must be the same.
# Usage: rendering.sh [PROGRAM], RenderingBenchmark in .build/release without one.
set -eu
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/ours" "$scratch/theirs"
"${1:-.build/release/RenderingBenchmark}" "$scratch/ours" >"$scratch/ours.txt"
if ! python3 -c 'import liquid' 2>/dev/null; then
  awk '{print $1 ": " $2 " renders a second"}' "$scratch/ours.txt"
  echo "for the ratio: pip install python-liquid"
  exit 0
fi
python3 Benchmarks/Rendering/rendering.py "$scratch/theirs" >"$scratch/theirs.txt"
join "$scratch/ours.txt" "$scratch/theirs.txt" \
  | awk '{printf "%s: %d renders a second, python-liquid %d, ratio %.1f\n", $1, $2, $3, $2 / $3}'
diff -r "$scratch/ours" "$scratch/theirs" && echo "both engines write the same"
