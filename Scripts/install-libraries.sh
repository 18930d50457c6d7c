#!/bin/sh
# Installs the headers of PCRE2 and SQLite with apt, as root or with sudo, or says what to do by hand.
set -eu

by_hand() {
  echo "The development files of PCRE2 or SQLite are missing, and $1." >&2
  echo "Install them and try again: libpcre2-dev, libsqlite3-dev and pkg-config (Debian, Ubuntu)," >&2
  echo "pcre2-devel, sqlite-devel and pkgconf (Fedora), pcre2, sqlite and pkgconf (Homebrew)." >&2
  exit 1
}

command -v apt-get >/dev/null || by_hand "there is no apt-get here to install them"
if [ "$(id -u)" -eq 0 ]; then
  as_root=""
elif command -v sudo >/dev/null; then
  as_root="sudo"
else
  by_hand "this user is not root and has no sudo"
fi

packages="libpcre2-dev libsqlite3-dev pkg-config"
echo "Installing $packages ..." >&2
export DEBIAN_FRONTEND=noninteractive
# The package lists of a fresh machine are often empty or old: fetch them where the first try fails.
$as_root apt-get install -y -qq $packages >/dev/null 2>&1 \
  || { $as_root apt-get update -qq && $as_root apt-get install -y -qq $packages >/dev/null; } \
  || by_hand "apt-get could not install them"
pkg-config --exists libpcre2-8 sqlite3 || by_hand "pkg-config does not find them after the installation"
