#!/bin/sh
# Shows that the Debian package needs nothing that a machine with Debian's essential packages does not get from apt: it is
# installed there, answers as a user who may write nowhere, is found through a symbolic link, and leaves nothing behind.
# Tests/package-runs.sh PACKAGE [SUITE [MIRROR]]; needs root and mmdebstrap.
set -eu
package=$1
suite=${2:-bookworm}
samples=/usr/share/odzew/Samples/orders.json
clock=2026-11-20T10:00:00+01:00

root=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null; rm -rf "$root"' EXIT
chmod 755 "$root"
mmdebstrap --quiet --variant=apt "$suite" "$root" ${3:+"$3"}
mount -t proc proc "$root/proc"
cp "$package" "$root/tmp/odzew.deb"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
# Whoever runs a service: no home, no place to write to.
nobody() { chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin HOME=/nonexistent "$@"; }

# says WHAT EXPECTED COMMAND…: the command must do well, and its output hold EXPECTED.
says() {
  what=$1 expected=$2
  shift 2
  if ! output=$("$@" 2>&1); then
    printf '%s failed:\n%s\n' "$what" "$output" >&2
    exit 1
  fi
  case $output in
    *"$expected"*) echo "ok: $what" ;;
    *) printf "%s: '%s' is missing in:\n%s\n" "$what" "$expected" "$output" >&2; exit 1 ;;
  esac
}

before=$(inside dpkg-query -W -f '${Package}\n')
inside apt-get update -q >/dev/null
says "installation" "Setting up odzew" inside apt-get install -q -y --no-install-recommends /tmp/odzew.deb
echo "it brought: $(inside dpkg-query -W -f '${Package}\n' | grep -vxF "$before" | tr '\n' ' ')"
inside ln -s /usr/bin/odzew /usr/local/bin/responder

says "the version" "$(dpkg-deb -f "$package" Version)" nobody odzew --version
says "the bot folder" "no findings" nobody odzew lint
message='{"id":"1","channel":"allegro","text":"Gdzie jest moja paczka?","order_number":"ZAM-2026-1001","buyer":{"id":"anna_k"}}'
says "the pipe" '"action":"reply"' nobody sh -c "echo '$message' | odzew pipe --orders $samples --now $clock"
says "a chat" "620" nobody sh -c "echo 'Where is my parcel?' | odzew chat --order ZAM-2026-1001 --locale en"
says "the filter" "review" nobody sh -c "echo 'Write a review and get 10% off.' | odzew check --locale en || test \$? -eq 1"
says "a symbolic link" "no findings" nobody /usr/local/bin/responder lint
says "a case" " 0 failed" nobody odzew test parcel_location
says "completion" "chatwoot" nobody SAP_SHELL=bash odzew ---completion pipe -- --from 3 0 odzew pipe --from ''

inside rm /usr/local/bin/responder
inside apt-get purge -q -y -o Dpkg::Use-Pty=0 odzew >/dev/null
left=$(find "$root" -xdev -name '*odzew*' ! -path '*/tmp/odzew.deb' ! -path '*/var/log/*')
[ -z "$left" ] || { printf 'left behind:\n%s\n' "$left" >&2; exit 1; }
echo "ok: nothing is left behind"
