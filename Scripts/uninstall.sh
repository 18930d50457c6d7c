#!/bin/sh
# Removes what Scripts/install.sh has put below a folder: Scripts/uninstall.sh FOLDER
set -eu
prefix=$1
share=$prefix/share
rm -rf "$share/odzew" "$share/doc/odzew"
rm -f "$prefix/bin/odzew" "$share/man/man1/odzew.1" "$share/man/man1/odzew-"*.1 \
  "$share/bash-completion/completions/odzew" "${ZSH_FUNCTIONS:-$share/zsh/site-functions}/_odzew" \
  "$share/fish/vendor_completions.d/odzew.fish"
