#!/usr/bin/env python3
"""Writes a day of a marketplace as the pipe takes it: one buyer's message with its order a line.

Usage: messages.py COUNT [SEED]

The messages are those of Tests/Fixtures/messages, in seven languages; the orders are the samples
with other numbers, buyers and parcels. The same seed gives the same lines.
"""

import json
import pathlib
import random
import sys

root = pathlib.Path(__file__).resolve().parents[2]
count = int(sys.argv[1])
chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)

messages = []
for file in sorted((root / "Tests/Fixtures/messages").glob("second.*.jsonl")):
    for line in file.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        messages.append((message["locale"], message["text"]))

orders = []
for order in json.loads((root / "Samples/orders.json").read_text(encoding="utf-8")):
    if order.get("shipments"):
        orders.append(order)

channels = {"pl": "allegro", "en": "amazon", "de": "kaufland", "ro": "emag", "hu": "emag"}


def kept(entry, *fields):
    return {field: entry[field] for field in fields if entry.get(field) is not None}


for number in range(count):
    locale, text = chance.choice(messages)
    order = chance.choice(orders)
    buyer = f"buyer-{number}"
    parcel = kept(order["shipments"][0], "carrier", "status", "shipped_at", "estimated_delivery")
    parcel["tracking_number"] = "".join(chance.choices("0123456789", k=24))
    request = {
        "id": f"m{number}",
        "conversation": f"c{number}",
        "channel": channels.get(locale, "shop_email"),
        "sent_at": "2026-11-20T10:00:00+01:00",
        "buyer": {"id": buyer},
        "text": text,
        "order": {
            "number": f"ZAM-2026-{number:07}",
            **kept(order, "status", "placed_at", "total", "currency"),
            "buyer": {"id": buyer},
            "items": [kept(item, "name", "quantity") for item in order["items"][:1]],
            "shipments": [parcel],
        },
    }
    print(json.dumps(request, ensure_ascii=False, separators=(",", ":")))
