#!/usr/bin/env python3
"""Writes some weeks of a shop as the pipe takes them, for `odzew report` to have something to tell.

Usage: weeks.py COUNT [SEED] | odzew pipe --state FILE

Buyers write the messages of Tests/Fixtures/messages, in seven languages, over six weeks up to 20
November 2026, with more at daytime and in the last weeks; people answer most of what needs them, after
minutes or days, and have some of it checked first. Every tenth message is signed with name, e-mail address and phone number. The same seed
gives the same lines.
"""

import datetime
import json
import pathlib
import random
import sys

root = pathlib.Path(__file__).resolve().parents[2]
count = int(sys.argv[1])
chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)

messages = []
for file in sorted((root / "Tests/Fixtures/messages").glob("development.*.jsonl")):
    messages += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
orders = [order for order in json.loads((root / "Samples/orders.json").read_text(encoding="utf-8"))
          if order.get("shipments")]

CHANNELS = {"pl": ["allegro", "allegro", "email"], "en": ["amazon"], "de": ["kaufland", "amazon"], "ro": ["emag"],
            "hu": ["emag"]}
NAMES = ["Anna Kowalska", "Jan Nowak", "Petra Svobodová", "Jürgen Weiß", "Ion Popescu", "Kovács Éva", "Lucia Horváthová"]
# What people seldom have to answer.
EASY = {"parcel_location", "tracking_number", "delivery_time", "delivery_options", "thanks", "greeting", "warranty",
        "review_feedback", "opt_out", "discount_request", "out_of_scope"}
END = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.timezone.utc)


def moment():
    """Six weeks, the last ones fuller, the nights emptier."""
    days = int(42 * chance.random() ** 1.4)
    hour = min(23, max(0, int(chance.gauss(14, 4))))
    day = (END - datetime.timedelta(days=days)).replace(hour=0)
    return min(END, day + datetime.timedelta(hours=hour, seconds=chance.randrange(3600)))


def kept(entry, *fields):
    return {field: entry[field] for field in fields if entry.get(field) is not None}


lines = []
for number in range(count):
    message = chance.choice(messages)
    order = chance.choice(orders)
    name = chance.choice(NAMES)
    address = f"{name.split()[-1].lower()}{number}@example.com"
    buyer = {"id": f"buyer-{number}", "name": name, "email": address, "phone": f"+48 501 {number % 1000:03} 777"}
    at = moment()
    text = message["text"]
    if chance.random() < 0.1:
        text += f"\n{name}, {address}, {buyer['phone']}"
    request = {
        "id": f"m{number}", "conversation": f"c{number}", "sent_at": at.isoformat(), "buyer": buyer, "text": text,
        "channel": chance.choice(CHANNELS.get(message["locale"], ["email"])),
        "order": {
            "number": f"ZAM-2026-{number:07}", **kept(order, "status", "placed_at", "total", "currency"),
            "buyer": kept(buyer, "id", "name", "email"),
            "items": [kept(item, "sku", "name", "quantity") for item in order["items"][:2]],
            "shipments": [kept(order["shipments"][0], "carrier", "status", "tracking_number", "shipped_at")]},
    }
    lines.append((at, request))
    if not EASY & set(message["intents"]) and chance.random() < 0.97:
        # Half within some three hours, one in twelve after more than a day.
        minutes = chance.lognormvariate(5.2, 1.5)
        answered = at + datetime.timedelta(minutes=minutes)
        if answered <= END:
            if chance.random() < 0.2:
                # What a person would like to say is checked first, and sometimes may not leave so.
                text = chance.choice(["Dziękujemy za wiadomość, sprawdzimy i odpiszemy jutro.",
                                      "Proszę zadzwonić: 501 234 567.",
                                      "Za opinię 5 gwiazdek zwrócimy koszt wysyłki. Paczka jest już w drodze i dotrze jutro."])
                lines.append((answered - datetime.timedelta(minutes=1), {
                    "id": f"d{number}", "conversation": f"c{number}", "type": "draft", "locale": "pl", "text": text,
                    "sent_at": (answered - datetime.timedelta(minutes=1)).isoformat(), "channel": request["channel"]}))
            lines.append((answered, {
                "id": f"a{number}", "conversation": f"c{number}", "type": "agent", "event": "sent",
                "sent_at": answered.isoformat(), "channel": request["channel"], "text": "Dziękujemy, już się tym zajmujemy."}))

for _, request in sorted(lines, key=lambda line: (line[0], line[1]["id"])):
    print(json.dumps(request, ensure_ascii=False, separators=(",", ":")))
