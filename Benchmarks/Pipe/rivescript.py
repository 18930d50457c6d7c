#!/usr/bin/env python3
"""Answers a day of a marketplace with RiveScript: the baseline `odzew pipe` is measured against.

RiveScript (https://www.rivescript.com, `pip install rivescript`) is a rule-based responder: a list
of triggers with wildcards, tried one after another, and an answer with variables for each. The
brain beside this script knows 24 after-sales intents in seven languages; it reads of an order only
its number and its parcel's, holds no policy and decides nothing, so it does less than the program.

Usage: messages.py COUNT SEED | rivescript.py [--framed]

Takes one message with its order a line, as messages.py writes them, and writes {"id", "reply"} a
line to the standard output. The standard error gets the messages a second, measured from the first
line read to the last written and without loading, and how many the catch-all did not take.

--framed is the fastest RiveScript was seen to go: its "[*]" backtracks, so the brain is read with
"*" in place of it and every message stands between two marks. A few messages, whose words stand
side by side, then find another trigger or none.
"""

import json
import pathlib
import re
import sys
import time

here = pathlib.Path(__file__).resolve().parent
# The script bears the name of the package: without its directory on the path, the package is found.
sys.path[:] = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != here]

from rivescript import RiveScript  # noqa: E402

framed = "--framed" in sys.argv[1:]
brain = (here / "brain.rive").read_text(encoding="utf-8")
if framed:
    brain = re.sub(r"(?m)^(\+ \{weight=\d+\})\(", r"\1¦ (", brain).replace("[*]", "*")

bot = RiveScript(utf8=True)
bot.unicode_punctuation = re.compile(r"""[.,!?;:()"“”„…/–—]""")
bot.stream(brain)
bot.sort_replies()

answered = matched = 0
start = time.perf_counter()
for line in sys.stdin:
    request = json.loads(line)
    buyer, order = request["buyer"], request.get("order") or {}
    user = buyer["id"]
    bot.set_uservars(user, {
        "name": buyer.get("name", user),
        "order": order.get("number", ""),
        "tracking": next((parcel.get("tracking_number", "") for parcel in order.get("shipments", [])), ""),
    })
    # A wildcard does not take a line's end.
    text = " ".join(request["text"].split())
    reply = bot.reply(user, f"¦ {text} ¦" if framed else text)
    answered += 1
    matched += bot.last_match(user) != "*"
    sys.stdout.write(json.dumps({"id": request["id"], "reply": reply}, ensure_ascii=False) + "\n")
sys.stdout.flush()
seconds = time.perf_counter() - start

print(
    f"rivescript: {answered} messages in {seconds:.3f} s, {answered / max(seconds, 1e-9):.0f} a second;"
    f" {matched} matched, {answered - matched} took the catch-all",
    file=sys.stderr,
)
