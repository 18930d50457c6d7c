#!/usr/bin/env python3
"""Kills `odzew pipe --state` at random moments and checks that no message is lost or answered twice.

    Tests/kill-nine.py [KILLS] [SEED]        (200 kills by default; about two minutes for a hundred)

A sender writes a stream of messages, notes every complete response line, and after each kill sends
again everything that it has no response to, and some that it has. In the end: every message has one
response; a repeated one got the same bytes; the audit trail is whole and has one link a message; and
each conversation remembers each of its messages once.
"""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/odzew"
TEXTS = ["Where is my parcel?", "How do I return this?", "thanks", "ZAM-2026-1001", "2", "blah blah",
         "I want to talk to a person", "STOP", "Where is it, and can I have an invoice?"]


def small_bot(folder):
    """The shipped bot in one language, so that it is loaded in a moment."""
    for part in ["Intents", "Policies", "Samples"]:
        shutil.copytree(ROOT / part, folder / part)
    for part in ["Concepts", "Hints", "Templates"]:
        (folder / part).mkdir()
    shutil.copy(ROOT / "Concepts/en.yaml", folder / "Concepts")
    shutil.copy(ROOT / "Hints/en.yaml", folder / "Hints")
    shutil.copytree(ROOT / "Templates/en", folder / "Templates/en")
    for language in ["pl", "de", "cs", "sk", "hu", "ro"]:
        (folder / f"Policies/{language}.yaml").unlink()
    for file in ROOT.glob("*.yaml"):
        text = file.read_text()
        if file.name == "odzew.yaml":
            text = text.replace("locale: pl\nlocales: [pl, en, de, cs, sk, hu, ro]", "locale: en\nlocales: [en]")
            text = text.replace("agents: {locale: pl}", "agents: {locale: en}").replace(", locale: pl", "")
        (folder / file.name).write_text(text)


def messages(count, chance):
    lines = []
    for number in range(count):
        conversation = f"c{chance.randrange(count // 20)}"
        lines.append({"id": str(number), "conversation": conversation, "channel": chance.choice(["email", "chat"]),
                      "text": chance.choice(TEXTS), "order_number": "ZAM-2026-1001",
                      "sent_at": f"2026-11-20T10:{number // 60 % 60:02}:{number % 60:02}Z"})
    return lines


def run(state, bot, lines, wait, known):
    """Sends lines, kills after some time, and returns how many new responses were noted."""
    process = subprocess.Popen(
        [PROGRAM, "pipe", "--bot", bot, "--state", state, "--orders", ROOT / "Samples/orders.json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def send():
        try:
            for line in lines:
                process.stdin.write((json.dumps(line) + "\n").encode())
            process.stdin.close()
        except (BrokenPipeError, OSError):
            pass

    sender = threading.Thread(target=send)
    sender.start()
    timer = threading.Timer(wait, lambda: process.send_signal(signal.SIGKILL)) if wait else None
    if timer:
        timer.start()
    new = 0
    for bytes_ in process.stdout:
        if not bytes_.endswith(b"\n"):
            break
        response = json.loads(bytes_)
        assert response["action"] != "error", bytes_
        key = response["id"]
        if key in known:
            assert known[key] == bytes_, f"{key} was answered otherwise the second time"
        else:
            known[key] = bytes_
            new += 1
    process.wait()
    sender.join()
    if timer:
        timer.cancel()
    return new


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    folder = pathlib.Path(tempfile.mkdtemp())
    bot, state = folder / "bot", folder / "state.odzew"
    bot.mkdir()
    small_bot(bot)
    lines = messages(kills * 40, chance)
    known = {}
    # How long loading takes: kills come from its end on.
    start = time.monotonic()
    run(state, bot, lines[:1], None, known)
    loading = time.monotonic() - start
    done = midway = 0
    for kill in range(kills):
        rest = [line for line in lines if line["id"] not in known]
        again = chance.sample([line for line in lines if line["id"] in known], min(5, len(known)))
        new = run(state, bot, again + rest[:400], loading * 0.9 + chance.random() * 0.25, known)
        done += 1
        midway += 0 < new < min(400, len(rest))
        if sys.stderr.isatty():
            print(f"\r{done} kills, {len(known)} of {len(lines)} messages answered ", end="", file=sys.stderr)
        if len(known) == len(lines):
            lines += [dict(line, id=f"{kill}-{line['id']}") for line in messages(2000, chance)]
    run(state, bot, [line for line in lines if line["id"] not in known], None, known)
    run(state, bot, lines, None, known)
    audit = subprocess.run([PROGRAM, "audit", "--state", state], capture_output=True, text=True)
    assert audit.returncode == 0, audit.stdout
    links = int(audit.stdout.split()[0])
    assert links == len(lines) == len(known), (links, len(lines), len(known))
    wanted = {}
    for line in lines:
        wanted.setdefault(line["conversation"], []).append(line["text"])
    for conversation in chance.sample(sorted(wanted), min(40, len(wanted))):
        export = subprocess.run([PROGRAM, "export", "--state", state, "--conversation", conversation],
                                capture_output=True, text=True, check=True)
        kept = json.loads(export.stdout)["conversations"][0]["requests"]
        assert sorted(r["text"] for r in kept) == sorted(wanted[conversation]), conversation
    print(f"{done} kills, {midway} of them midway, {len(lines)} messages: each answered once, {links} links whole")
    shutil.rmtree(folder)


main()
