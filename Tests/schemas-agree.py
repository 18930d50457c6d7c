#!/usr/bin/env python3
"""Checks that the schemas and the program refuse the same: spoils copies of shipped files one by one, and
asks both.

    Tests/schemas-agree.py [--list] [PROGRAM]        (two or three minutes; the built program by default)

Each row of `ROWS` is a file, what is replaced by what, and who is to refuse it: 'both', 'neither', or
'schema' or 'program' alone, with the reason why they cannot or need not agree. Exit code 1 where it is
otherwise.
"""

import fnmatch
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/odzew"

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("schemas", ROOT / "Tests/schemas.py")
schemas = importlib.util.module_from_spec(spec)
spec.loader.exec_module(schemas)

SETTINGS, INTENT, WORDS, RULES, LANGUAGE = (
    "odzew.yaml", "Intents/parcel_location.yaml", "Concepts/en.yaml", "Policies/contact.yaml", "Policies/en.yaml")
HINTS = "Hints/en.yaml"
CONTEXT, LINKS, ADAPTER, DAYS = (
    "Policies/context.yaml", "Policies/links.yaml", "Adapters/woocommerce.yaml", "Templates/en/days.yaml")
CASE, STEPS, OWN = "Cases/parcel_location/in_transit.en.yaml", "Cases/conversation/no_such.en.yaml", "Cases/own.en.yaml"
REASONS, WEIGHING = "reasons.yaml", "Policies/weighing.yaml"
BOTH, NEITHER = "both", "neither"

# Cases to spoil that are small enough to be seen whole.
CASES = {
    CASE: "order: ZAM-2026-1001\nchannel: allegro\nlocale: en\nnow: 2026-11-20T10:00:00+01:00\n"
          "messages:\n  - 'Where is my parcel?'\n",
    STEPS: "buyer: jan_n\nsteps:\n  - {buyer: 'Where is my parcel?', expect: {action: clarify}}\n"
           "  - {notice: delayed, order: ZAM-2026-1003, after: 1d}\n  - {agent: sent, text: 'One moment.'}\n",
    OWN: "order:\n  number: OWN-1\n  status: shipped\n  items: [{name: Mug, unit_price: 24.99, returnable: true}]\n"
         "  shipments: [{carrier: dpd, tracking_number: X123}]\nmessages: ['Where is my parcel?']\n",
}

ROWS = [
    # reasons.yaml
    (REASONS, "intents: [return_request", "intent: [return_request", BOTH),
    (REASONS, "intents: [return_request", "intents: [return_requests", "program: the names of intents are the seller's"),
    (REASONS, "unless: [not too small", "except: [not too small", BOTH),
    (REASONS, "phrases: [too small,", "phrases: ['*',", "program: what a keyword is takes its own reader"),
    # odzew.yaml
    (SETTINGS, "currency: PLN", "curency: PLN", BOTH),
    (SETTINGS, "currency: PLN", "currency: zloty", BOTH),
    (SETTINGS, "currency: PLN", "currency:", NEITHER),
    (SETTINGS, "time_zone: Europe/Warsaw\n", "", BOTH),
    (SETTINGS, "  name: Zielony Kubek\n", "", BOTH),
    (SETTINGS, "  name: Zielony Kubek\n", "  name: [Zielony, Kubek]\n", BOTH),
    (SETTINGS, "  - 2026-11-11\n", "  - 2026-11-31\n", BOTH),
    (SETTINGS, "  - 2026-11-11\n", "  - 11.11.2026\n", BOTH),
    (SETTINGS, "limit: 4096", "limit: 0", BOTH),
    (SETTINGS, "limit: 4096", "limit: many", BOTH),
    (SETTINGS, "limit: 4096", "limit: '4096'", "schema: a number in quotes is better written as a number"),
    (SETTINGS, "discloses: true", "discloses: yes", NEITHER),
    (SETTINGS, "discloses: true", "discloses: maybe", BOTH),
    (SETTINGS, "discloses: true", "discloses: True", "program: to an editor True is true, to the program a word"),
    (SETTINGS, "answer: 0.9", "answer: 90", BOTH),
    (SETTINGS, "clarify: 0.2", "clarify: 0.99", "program: a schema cannot compare two numbers"),
    (SETTINGS, "answer_within: 4h", "answer_within: 4 hours", BOTH),
    (SETTINGS, "answer_within: 4h, ", "", BOTH),
    (SETTINGS, "  service: {}\n", "", BOTH),
    (SETTINGS, "  anger: {queue: service", "  angry: {queue: service", BOTH),
    (SETTINGS, "  anger: {queue: service, priority: high}", "  anger: {queue: service, priority: higher}", BOTH),
    (SETTINGS, "  anger: {queue: service", "  anger: {queue: servic", "program: the names of queues are the seller's"),
    (SETTINGS, "  anger: {queue: service, ", "  anger: {", BOTH),
    (SETTINGS, "keep: {conversations: 400d", "keep: {conversations: 400", BOTH),
    (SETTINGS, "keep: ", "policies: {style-emoji: {off: true}}\nkeep: ", BOTH),
    (SETTINGS, "keep: ", "policies: {style-emoji: {action: warn, reason: read}}\nkeep: ", NEITHER),
    (SETTINGS, "keep: ", "policies: {style-emoji: {reason: read}}\nkeep: ", BOTH),
    (SETTINGS, "keep: ", "policies: {style-emoji: {action: warn}}\nkeep: ",
     "program: whether an action does less is known by the rule"),
    (SETTINGS, "now: 2026-11-20T10:00:00+01:00", "now: 2026-11-20 10:00", BOTH),
    (SETTINGS, "marketplaces: [allegro", "marketplaces: [alle gro", "schema: the program passes such a word over in silence"),
    (SETTINGS, "  dispatch_days: 1", "  dispatch_days: 1\n  anything: {at: [all]}", NEITHER),
    # automatic.yaml, carriers.yaml, countries.yaml, deadlines.yaml
    ("automatic.yaml", "phrases:", "phrase:", BOTH),
    ("automatic.yaml", "'this is an automatic reply',", "{this: that},", BOTH),
    ("carriers.yaml", "    name: InPost\n", "", BOTH),
    ("carriers.yaml", "https://www.ups.com/track?tracknum=%s", "https://www.ups.com/track", BOTH),
    ("carriers.yaml", "https://www.ups.com/", "http://www.ups.com/", BOTH),
    ("carriers.yaml", "check: fedex", "check: fedx", BOTH),
    ("carriers.yaml", "'\\d{24}'", "'(\\d{24}'", "program: a schema cannot compile an expression"),
    ("carriers.yaml", "numbers: [{form: '\\d{24}'}]", "numbers: {form: '\\d{24}'}", NEITHER),
    ("countries.yaml", "'12-24 from 2025'", "'24.12.'", BOTH),
    ("countries.yaml", "'12-24 from 2025'", "'12-24 since 2025'", BOTH),
    ("countries.yaml", "'12-24 from 2025'", "'12-24 from'", "schema: the program takes it for every year"),
    ("countries.yaml", "'12-24 from 2025'", "'12-24 until 0'", BOTH),
    ("countries.yaml", "easter: orthodox", "easter: ortodox", BOTH),
    ("countries.yaml", "'last 08'", "'last 13'", BOTH),
    ("countries.yaml", "from_easter: [0, 1, 49, 60]", "from_easter: [0, 1, whit]", BOTH),
    ("countries.yaml", "time_zone: Europe/Warsaw", "time_zone: Europe/Warszawa", "program: it knows the time zones"),
    ("deadlines.yaml", "{within: 24 hours, source: 'Amazon", "{within: 24h, source: 'Amazon", BOTH),
    ("deadlines.yaml", "{within: 24 hours, source: 'Amazon", "{within: 2000 hours, source: 'Amazon", BOTH),
    ("deadlines.yaml", "within: 14 days, for: complaint, country: PL", "within: 14 days, for: complaint", BOTH),
    ("deadlines.yaml", "for: complaint, country: PL", "for: complain, country: PL", BOTH),
    ("deadlines.yaml", "country: PL, source: 'Polish", "country: UK, source: 'Polish", "program: the countries stand in countries.yaml"),
    ("deadlines.yaml", ", source: WhatsApp Business Policy}", "}", BOTH),
    # Intents
    (INTENT, "meaning: asks", "meanings: asks", BOTH),
    (INTENT, "needs: order", "needs: orders", BOTH),
    (INTENT, "needs: order", "risk: 9\nneeds: order", BOTH),
    (INTENT, "bias: -0.5", "bias: low", BOTH),
    (INTENT, "  ask_where + parcel: 2.4\n", "  ask_where + parcel: 30\n", BOTH),
    (INTENT, "  ask_where + parcel: 2.4\n", "  ask_where + + parcel: 2.4\n", BOTH),
    (INTENT, "  ask_where + parcel: 2.4\n", "  ask_where + parcle: 2.4\n", "program: the concepts stand in Concepts/"),
    (INTENT, "    label: where the parcel is\n", "", BOTH),
    (INTENT, "    label: where the parcel is\n", "    label: where the parcel is\n    exemples: [x]\n", BOTH),
    (INTENT, "needs: order", "never_asked: perhaps\nneeds: order", BOTH),
    (INTENT, "{when: [cancelled], template", "{when: [canceled], template", BOTH),
    (INTENT, "{when: [cancelled], template", "{when: cancelled, template", NEITHER),
    (INTENT, "do: escalate, template: handoff_lost, queue: delivery", "do: escalate, template: handoff_lost", BOTH),
    (INTENT, "do: escalate, template: handoff_lost", "do: escalat, template: handoff_lost", BOTH),
    (INTENT, "template: handoff_lost", "template: handoff_lots", "program: the templates stand in Templates/"),
    (INTENT, "template: handoff_lost, ", "", BOTH),
    (INTENT, "intent: parcel_location", "intent: parcel-location", BOTH),
    (INTENT, "yields_to: [delivery_time,", "yields_to: [Delivery Time,", "schema: the program passes such a word over in silence"),
    (INTENT, "    label: where the parcel is\n", "    label: where the parcel is\n    patterns: [{match: abc, points: 1}]\n", BOTH),
    # Hints
    (HINTS, "locale: en\n", "locale: de\n", "program: a schema does not know the file's name"),
    (HINTS, "intents:\n  abuse:\n    {", "intents:\n  abuse:\n    {parc: many, ", BOTH),
    (HINTS, "intents:\n  abuse:\n    {", "intents:\n  abuse:\n    {parc: 21, ", BOTH),
    (HINTS, "intents:\n  abuse:", "intents:\n  no_such_intent:", NEITHER),
    (HINTS, "policies:\n  ask-buyer-to-cancel:\n    {", "policies:\n  ask-buyer-to-cancel:\n    {tower: many, ", BOTH),
    (HINTS, "policies:\n  ask-buyer-to-cancel:\n    {", "policies:\n  ask-buyer-to-cancel:\n    {tower: 21, ", BOTH),
    (HINTS, "policies:\n  ask-buyer-to-cancel:", "policies:\n  ask-buyer-to-cancle:", NEITHER),
    (HINTS, "policies:\n", "policy:\n", BOTH),
    # Concepts
    (WORDS, "locale: en\n", "", BOTH),
    (WORDS, "negation:\n  before:", "negation:\n  befor:", BOTH),
    (WORDS, "concepts:\n", "concepts:\n  trial: {a: b}\n", BOTH),
    (WORDS, "concepts:\n", "dates_of: 1\nconcepts:\n", BOTH),
    (WORDS, "yesterday: -1", "yesterday: -1000", BOTH),
    (WORDS, "  months: [january", "  months: [smarch, january", BOTH),
    # Policies
    (RULES, "    action: redact\n", "    action: redakt\n", BOTH),
    (RULES, "    title: An e-mail address in a platform message\n", "", BOTH),
    (RULES, "    source_date: 2026-11-20\n", "    source_date: today\n", BOTH),
    (RULES, "detectors: [email]", "detectors: [emial]", BOTH),
    (RULES, "    detectors: [email]\n", "", BOTH),
    (RULES, "detectors: [email]", "detectors: email", NEITHER),
    (RULES, "{all: [buy, direct]}", "{all: []}", BOTH),
    (RULES, "{all: [buy, direct]}", "{all: [buy, direct], within: sentense}", BOTH),
    (RULES, "applies: {platform: true}", "applies: {platforms: true}", BOTH),
    (RULES, "applies: {platform: true}", "applies: {kinds: [replies]}", BOTH),
    (RULES, "id: contact-phone", "id: contact-email", "program: a schema cannot compare two rules"),
    (RULES, "pack: contact\n", "pack: contact\nconcepts: {a: [b]}\n", BOTH),
    (LANGUAGE, "language: en\n", "language: english\n", BOTH),
    (LANGUAGE, "reading:\n", "reading:\n  ats: [at]\n", BOTH),
    (CONTEXT, "condition: review_window", "condition: review_windows", BOTH),
    (CONTEXT, "first_day: 5", "first_day: -5", BOTH),
    (CONTEXT, "hours: 24, rests: true, country: PL, time_zone: Europe/Warsaw", "hours: 24, rests: true, country: PL", BOTH),
    (LINKS, "[bit.ly,", "[https://bit.ly,", BOTH),
    (WEIGHING, "lawful: 5", "lawful: 50", BOTH),
    (WEIGHING, "accuses: 0.42", "accuses: 42", BOTH),
    (WEIGHING, "{lawful: 5, ", "{", BOTH),
    (WEIGHING, "excuses: ", "excuse: ", BOTH),
    # Adapters
    (ADAPTER, "title: WooCommerce\n", "", BOTH),
    (ADAPTER, "    author:\n", "    autor:\n", BOTH),
    (ADAPTER, "each: [{order: root}]", "each: {order: root}", BOTH),
    (ADAPTER, "each: [{order: root}]", "each: [{order: root, and: more}]", BOTH),
    (ADAPTER, "        of: {id: refund.id,", "        from: [x]\n        of: {id: refund.id,", BOTH),
    (ADAPTER, "      total: order.total\n", "      total:\n", BOTH),
    (ADAPTER, "      total: order.total\n", "      total: order.total |\n", "program: a schema cannot read a formula"),
    (ADAPTER, "      total: order.total\n", "      totals: order.total\n", NEITHER),
    (ADAPTER, "{when: order.customer_id != 0, value: order.customer_id}", "{when: order.customer_id != 0}", BOTH),
    (ADAPTER, "    pending: new ", "    pending: [new] ", BOTH),
    ("Adapters/chatwoot.yaml", "  reply:\n", "  replies:\n", BOTH),
    ("Adapters/csv-orders.yaml", 'csv: {separator: ";"}', 'csv: {separators: ";"}', BOTH),
    ("Adapters/csv-orders.yaml", 'csv: {separator: ";"}', 'csv: {separator: ";;"}', "schema: the program takes the first character alone"),
    # days.yaml
    (DAYS, "0: today", "7: today", BOTH),
    (DAYS, ", on Sunday]", "]", BOTH),
    (DAYS, "other: 'on {date}'\n", "", BOTH),
    (DAYS, "other: 'on {date}'\n", "other: ''\n", "schema: the program writes plain dates then, in silence"),
    (DAYS, "other: 'on {date}'\n", "other: 'on {date}'\nendings: [st, nd]\n", BOTH),
    # Cases
    (CASE, "messages:", "mesages:", BOTH),
    (CASE, "messages:\n  - 'Where is my parcel?'\n", "", BOTH),
    (CASE, "now: 2026-11-20T10:00:00+01:00", "now: 2026-11-20", BOTH),
    (CASE, "now: 2026-11-20T10:00:00+01:00", "notice: shiped", BOTH),
    (CASE, "channel: allegro", "channel: al legro", "schema: the program takes chat instead, in silence"),
    (STEPS, "{action: clarify}", "{action: clarified}", BOTH),
    (STEPS, "{action: clarify}", "{actions: clarify}", BOTH),
    (STEPS, "after: 1d", "after: 1 day", BOTH),
    (STEPS, "{agent: sent, text", "{agent: sends, text", BOTH),
    (STEPS, "{notice: delayed,", "{notice: delayed, buyer: 'Hello',", BOTH),
    (OWN, "status: shipped", "status: sent", BOTH),
    (OWN, "  number: OWN-1\n", "", BOTH),
    (OWN, "unit_price: 24.99", "unit_price: cheap", BOTH),
    (OWN, "returnable: true", "quantity: 2", NEITHER),
]


def small_bot(folder):
    """The shipped bot in one language and with one order, so that it is checked in a moment."""
    for part in ["Intents", "Policies", "Adapters", "Samples"]:
        shutil.copytree(ROOT / part, folder / part)
    for part in ["Concepts", "Hints", "Templates"]:
        (folder / part).mkdir()
    shutil.copy(ROOT / "Concepts/en.yaml", folder / "Concepts")
    shutil.copy(ROOT / "Hints/en.yaml", folder / "Hints")
    shutil.copytree(ROOT / "Templates/en", folder / "Templates/en")
    for language in ["pl", "de", "cs", "sk", "hu", "ro"]:
        (folder / f"Policies/{language}.yaml").unlink()
    orders = json.loads((folder / "Samples/orders.json").read_text(encoding="utf-8"))
    (folder / "Samples/orders.json").write_text(json.dumps(orders[:1]), encoding="utf-8")
    for file in ROOT.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "odzew.yaml":
            text = re.sub(r"^locale: \w+$", "locale: en", text, flags=re.MULTILINE)
            text = re.sub(r"^locales: .*$", "locales: [en]", text, flags=re.MULTILINE)
            text = text.replace("agents: {locale: pl}", "agents: {locale: en}").replace(", locale: pl", "")
        (folder / file.name).write_text(text, encoding="utf-8")
    for name, text in CASES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def findings(program, folder, file):
    """What the program says of a folder, without lines and columns; None where it fell."""
    command = ["test", str(pathlib.Path(file).relative_to("Cases").with_suffix(""))] if file in CASES else ["lint"]
    run = subprocess.run([program, *command, "--bot", folder], capture_output=True, text=True)
    if run.returncode < 0:
        return None
    pattern = r"^(\S+?):\d+:\d+: (?:error|warning): (.*)$"
    return set(re.findall(pattern, run.stdout + run.stderr, re.MULTILINE))


def main():
    program = next((argument for argument in sys.argv[1:] if argument != "--list"), PROGRAM)
    known = schemas.validators()
    kinds = {file: kind for pattern, kind in schemas.KINDS.items() for file, *_ in ROWS
             if fnmatch.fnmatch(file, pattern.replace("**/", ""))}
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "bot"
        small_bot(folder)
        usual = {}
        for file, old, new, expected in ROWS:
            path = folder / file
            whole = path.read_text(encoding="utf-8")
            if old not in whole:
                print(f"{file}: there is no '{old}' to replace")
                wrong += 1
                continue
            kind = "case" if file in CASES else "lint"
            if kind not in usual:
                usual[kind] = findings(program, folder, file)
            text = whole.replace(old, new, 1)
            told = schemas.faults(text, known[kinds[file]])
            path.write_text(text, encoding="utf-8")
            said = findings(program, folder, file)
            path.write_text(whole, encoding="utf-8")
            said = [("", "the program falls")] if said is None else sorted(said - usual[kind])
            verdict = {(True, True): BOTH, (True, False): "schema", (False, True): "program",
                       (False, False): NEITHER}[bool(told), bool(said)]
            agrees = verdict == expected.split(":")[0]
            wrong += not agrees
            if not agrees or "--list" in sys.argv:
                print(f"{'ok  ' if agrees else 'WRONG'} {file}: {old.strip()!r} -> {new.strip()!r}: refused by {expected}"
                      + ("" if agrees else f", but it is {verdict}"))
                print(f"       schema:  {'; '.join(part[2] for part in told[:2]) or '–'}")
                print(f"       program: {'; '.join(part[1] for part in said[:2]) or '–'}"
                      + (f" (and {len(said) - 2} more)" if len(said) > 2 else ""))
    print(f"{len(ROWS) - wrong} passed, {wrong} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
