#!/bin/sh
# Puts the program, its bot folder, manual, completions and terms below a folder:
# Scripts/install.sh PROGRAM FOLDER. Where zsh looks for completions differs: ZSH_FUNCTIONS.
set -eu
cd "$(dirname "$0")/.."
program=$1
prefix=$2
share=$prefix/share
command -v python3 >/dev/null || { echo "Python 3 is missing: it writes the manual" >&2; exit 1; }
umask 022

install -d "$prefix/bin" "$share"
install -m 755 "$program" "$prefix/bin/odzew"
# What an earlier release had and this one has not would be read as part of the bot.
rm -rf "$share/odzew"
mkdir "$share/odzew"
cp -R ./*.yaml Adapters Concepts Hints Intents Templates Policies Cases Samples Schemas Starter "$share/odzew/"
chmod -R u=rwX,go=rX "$share/odzew"

"$program" --experimental-dump-help | Scripts/manual.py "$share/man/man1" \
  "$(sed -n 's/^## [0-9.]* – //p' CHANGELOG.md | head -n 1)" "$("$program" --version)"

completion() {
  install -d "$(dirname "$2")"
  # They are read by a shell, never run.
  "$program" --generate-completion-script "$1" | sed '1{/^#!/d;}' >"$2"
}
completion bash "$share/bash-completion/completions/odzew"
completion zsh "${ZSH_FUNCTIONS:-$share/zsh/site-functions}/_odzew"
completion fish "$share/fish/vendor_completions.d/odzew.fish"

install -d "$share/doc/odzew"
install -m 644 LICENSE COPYRIGHT CHANGELOG.md "$share/doc/odzew"
