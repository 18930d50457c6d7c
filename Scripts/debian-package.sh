#!/bin/sh
# Builds a Debian package of what Scripts/install.sh installs: Scripts/debian-package.sh PROGRAM FOLDER
# The same program gives the same bytes. DEBFULLNAME and DEBEMAIL say who answers for it.
set -eu
cd "$(dirname "$0")/.."
program=$1
folder=$2
for tool in dpkg-deb dpkg-shlibdeps dpkg-architecture strip gzip; do
  command -v "$tool" >/dev/null || { echo "'$tool' is missing: install dpkg-dev and binutils" >&2; exit 1; }
done
umask 022

version=$("$program" --version)
released=$(sed -n 's/^## \([0-9.]* – .*\)/\1/p' CHANGELOG.md | head -n 1)
if [ "${released%% *}" != "$version" ]; then
  echo "CHANGELOG.md tells of ${released%% *}, and the program is $version: mend one of them" >&2
  exit 1
fi
maintainer="${DEBFULLNAME:-Odzew maintainers} <${DEBEMAIL:-maintainers@odzew.invalid}>"
SOURCE_DATE_EPOCH=$(date -u -d "${released##* } 12:00" +%s)
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
# zsh of Debian looks there for what packages bring.
ZSH_FUNCTIONS=$root/usr/share/zsh/vendor-completions Scripts/install.sh "$program" "$root/usr"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/odzew"
# Debian keeps the terms in one file, the Apache License for all packages, and the changes packed.
doc=$root/usr/share/doc/odzew
mv "$doc/COPYRIGHT" "$doc/copyright"
rm "$doc/LICENSE" "$doc/CHANGELOG.md"
Scripts/debian-changelog.py "$maintainer" <CHANGELOG.md | gzip -9n >"$doc/changelog.gz"
gzip -9n "$root"/usr/share/man/man1/*.1

mkdir -p "$root/usr/share/lintian/overrides"
cat >"$root/usr/share/lintian/overrides/odzew" <<END
# Yams, the Swift library for YAML, brings libyaml along and cannot be built with another.
odzew: embedded-library libyaml *
END

# dpkg-shlibdeps wants a source package's control file, and to know where the package begins.
mkdir -p "$work/debian" "$root/DEBIAN"
printf 'Source: odzew\n\nPackage: odzew\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/odzew" | sed 's/^shlibs:Depends=//')


(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
architecture=$(dpkg-architecture -qDEB_HOST_ARCH)
cat >"$root/DEBIAN/control" <<END
Package: odzew
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: $libraries
Section: net
Priority: optional
Description: answers buyers' after-sales messages by rules
 Odzew understands what buyers ask after a purchase ("where is my parcel?",
 "how do I return this?") in Polish, English, German, Czech, Slovak, Hungarian
 and Romanian, fills a template from the data of the order, passes every text
 through a policy filter, and hands over to a person what rules cannot answer
 safely.
 .
 It reads line-delimited JSON, or the documents of marketplaces and help desks
 such as Allegro, Amazon, Zendesk and WhatsApp as they are. It makes no network
 calls.
END
find "$root" -print0 | xargs -0r touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
mkdir -p "$folder"
rm -f "$folder"/odzew_*.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$folder/odzew_${version}_$architecture.deb"
