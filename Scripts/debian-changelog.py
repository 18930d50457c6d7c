#!/usr/bin/env python3
"""Writes Debian's form of CHANGELOG.md: Scripts/debian-changelog.py MAINTAINER < CHANGELOG.md"""

import datetime
import re
import sys
import textwrap

releases = re.split(r"^## ", sys.stdin.read(), flags=re.MULTILINE)[1:]
for release in releases:
    heading, _, body = release.partition("\n")
    version, date = heading.split(" – ")
    day = datetime.date.fromisoformat(date).strftime("%a, %d %b %Y")
    print(f"odzew ({version}) unstable; urgency=medium\n")
    for entry in re.split(r"^- ", body, flags=re.MULTILINE)[1:]:
        print(textwrap.fill(" ".join(entry.split()), 78, initial_indent="  * ", subsequent_indent="    "))
    print(f"\n -- {sys.argv[1]}  {day} 12:00:00 +0000\n")
