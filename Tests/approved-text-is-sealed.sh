#!/bin/sh
# Proves that a text cannot be approved outside Policy: a program that tries does not compile, and
# the same program without the attempt does.
set -eu
cd "$(dirname "$0")/.."
modules=.build/release/Modules
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

compile() {
  swiftc -typecheck -swift-version 6 -package-name odzew -I "$modules" -I Sources/CPCRE2 \
    -Xcc -fmodule-map-file=.build/checkouts/Yams/Sources/CYaml/include/module.modulemap "$1" 2>"$scratch/errors"
}

cat >"$scratch/honest.swift" <<'SWIFT'
import Policy
func leave(_ text: ApprovedText) -> String { text.text }
SWIFT
cat >"$scratch/forged.swift" <<'SWIFT'
import Policy
let text = ApprovedText("never checked")
SWIFT

if ! compile "$scratch/honest.swift"; then
  echo "approved-text-is-sealed: the honest program does not compile:" >&2
  cat "$scratch/errors" >&2
  exit 1
fi
if compile "$scratch/forged.swift"; then
  echo "approved-text-is-sealed: a text was approved outside Policy" >&2
  exit 1
fi
if ! grep -q "inaccessible due to 'fileprivate' protection level" "$scratch/errors"; then
  echo "approved-text-is-sealed: the forged program failed for another reason:" >&2
  cat "$scratch/errors" >&2
  exit 1
fi
echo "approved-text-is-sealed: ApprovedText(…) outside Policy does not compile"
