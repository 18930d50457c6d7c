#!/usr/bin/env python3
"""Measures how many cases a second `odzew test` runs, and prints the figures as a Markdown table.

The shipped cases are few, so each stands here several times: every copy has orders and buyers of its own,
so that its replies are new texts to the policy filter. Beside it PyYAML's C reader does nothing but read the
same case files: seconds differ from machine to machine, and the ratio to another program less.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parents[2]
CONTENT = ["Adapters", "Concepts", "Hints", "Intents", "Policies", "Templates"]

EXAMPLES = """\
examples:
  Benchmarks/Cases/cases.py
  Benchmarks/Cases/cases.py --copies 3 --rounds 2    a first look

Nothing is asserted: the exit code is 0 unless the program is missing or a case fails.
"""


def copy_of(text, number, buyers):
    """A text with the order numbers and buyers of another copy."""
    if number == 0:
        return text
    text = text.replace("ZAM-2026-", f"ZAM-{2026 + number}-")
    text = text.replace("302-1234567-1234567", f"302-1234567-{1234567 + number}")
    return buyers.sub(lambda name: f"{name.group()}_{number}", text)


def make_bot(folder, copies):
    """A bot folder with the shipped content, and with every case so many times."""
    for name in CONTENT:
        shutil.copytree(root / name, folder / name)
    for file in root.glob("*.yaml"):
        shutil.copy(file, folder)
    shutil.copytree(root / "Samples", folder / "Samples")
    orders = (root / "Samples/orders.json").read_text(encoding="utf-8")
    names = {order.get("buyer", {}).get("id") for order in json.loads(orders)} - {None}
    buyers = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    every = [order for number in range(copies) for order in json.loads(copy_of(orders, number, buyers))]
    (folder / "Samples/orders.json").write_text(json.dumps(every, ensure_ascii=False), encoding="utf-8")
    count = 0
    for path in sorted((root / "Cases").rglob("*")):
        if path.suffix not in (".yaml", ".txt"):
            continue
        text = path.read_text(encoding="utf-8")
        intent, *rest = path.relative_to(root / "Cases").parts
        for number in range(copies):
            target = folder / "Cases" / (f"{intent}_{number}" if number else intent) / pathlib.Path(*rest)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copy_of(text, number, buyers), encoding="utf-8")
            count += path.suffix == ".yaml"
    return count


def seconds(command):
    """Wall and processor seconds of a program that must succeed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"'{' '.join(map(str, command))}' ended with {done.returncode}\n{done.stdout.decode()[-2000:]}"
                 f"{done.stderr.decode()[-500:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


READER = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(file.read_bytes(), yaml.CSafeLoader)
"""


def has_reader():
    """Whether PyYAML is here, with its reader in C."""
    try:
        import yaml
    except ImportError:
        return False
    return yaml.__with_libyaml__


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=root / ".build/release/odzew")
    parser.add_argument("--copies", type=int, default=10, help="how often each case stands (default: 10)")
    parser.add_argument("--rounds", type=int, default=5, help="(default: 5)")
    options = parser.parse_args()
    if not options.program.is_file():
        sys.exit(f"there is no program at '{options.program}': build it with 'swift build -c release'")
    with tempfile.TemporaryDirectory(prefix="odzew-cases-") as name:
        folder = pathlib.Path(name)
        count = make_bot(folder, options.copies)
        test = [options.program, "test", "--bot", folder]
        one = [*test, "parcel_location"]
        read = [sys.executable, "-c", READER, folder / "Cases"]
        nothing = [sys.executable, "-c", READER, folder / "Samples"]
        seconds(test)  # Makes the tables that are kept.
        rounds = [(seconds(test), seconds(one), *([seconds(read), seconds(nothing)] if has_reader() else []))
                  for _ in range(options.rounds)]
    few = len(list((root / "Cases/parcel_location").rglob("*.yaml"))) * options.copies
    walls = [all_[0] for all_, *_ in rounds]
    print(f"- Cores: {os.cpu_count()}\n- Cases: {count:,}, medians of {options.rounds} rounds\n")
    print("| what | measured |\n| --- | ---: |")
    print(f"| cases a second, with the start | {count / statistics.median(walls):,.0f}"
          f" ({count / max(walls):,.0f} to {count / min(walls):,.0f}) |")
    rates = [(count - few) / (all_[0] - one_[0]) for all_, one_, *_ in rounds]
    print(f"| cases a second, without the start | {statistics.median(rates):,.0f}"
          f" ({min(rates):,.0f} to {max(rates):,.0f}) |")
    busy = [(all_[1] - one_[1]) / (count - few) * 1e6 for all_, one_, *_ in rounds]
    print(f"| processor time of a case | {statistics.median(busy):,.0f} µs |")
    if has_reader():
        ratios = [all_[1] / (read_[1] - nothing_[1]) for all_, _, read_, nothing_ in rounds]
        print(f"| processor time to that of PyYAML reading the files | {statistics.median(ratios):.2f} ×"
              f" ({min(ratios):.2f} to {max(ratios):.2f}) |")


if __name__ == "__main__":
    main()
