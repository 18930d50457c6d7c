#!/usr/bin/env python3
"""Measures `odzew pipe` against its bars and prints the figures as Markdown tables.

Everything is measured in one run on one machine, beside `jq -c .` and RiveScript on the same lines,
because a ratio says more than seconds: it holds on another machine too.
"""

import argparse
import array
import contextlib
import math
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field

here = pathlib.Path(__file__).resolve().parent
root = here.parents[1]

EXAMPLES = """\
examples:
  Benchmarks/Pipe/pipe.py
  Benchmarks/Pipe/pipe.py --lines 3000 --rounds 2          a first look
  Benchmarks/Pipe/pipe.py --rivescript ~/rive/bin/python   with the package rivescript
  Benchmarks/Pipe/pipe.py --soak 1000000                   and a long run of one process

Nothing is asserted: the exit code is 0 unless a program is missing or fails.
"""

# What a warm process is asked: the first messages still fill its tables and are not counted.
DROPPED, COUNTED = 500, 2000
COLD_STARTS = 5
RIVESCRIPT_LINES = 500
MEMORY_POINTS = 4
SOAK_POINTS = 10


class Failure(Exception):
    """A program is missing or failed; the text says which and why."""


# ------------------------------------------------------------------------------------ Programs


def said(text):
    """Shows what is being measured, where somebody looks on."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def failure(command, code, errors):
    """Says how a program ended, with the last line of its standard error."""
    errors.seek(0)
    last = errors.read().decode(errors="replace").strip().splitlines()[-1:]
    return Failure(": ".join([f"'{' '.join(map(str, command))}' ended with {code}", *last]))


def output(command, **options):
    """Runs a program to its end, and gives what it wrote to its standard output."""
    with tempfile.TemporaryFile() as errors:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, check=False, **options)
        if done.returncode != 0:
            raise failure(command, done.returncode, errors)
        return done.stdout


def messages(count, seed):
    """The command that writes the lines."""
    return [sys.executable, str(here / "messages.py"), str(count), str(seed)]


@dataclass(frozen=True)
class Pipe:
    """The program and its bot folder."""

    program: pathlib.Path
    bot: pathlib.Path

    def command(self, *options):
        """The command line of the pipe with these options."""
        return [str(self.program), "pipe", "--bot", str(self.bot), *map(str, options)]


class Warm:
    """A running pipe that is sent lines and keeps running."""

    def __init__(self, command):
        self.command = command
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        code = self.process.wait()
        self.process.stdout.close()
        with self.errors:
            if kind is None and code != 0:
                raise failure(self.command, code, self.errors)

    def ask(self, line):
        """Sends one line and waits for its response; gives the seconds between."""
        start = time.perf_counter()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line)
            self.process.stdin.flush()
        response = self.process.stdout.readline()
        seconds = time.perf_counter() - start
        self._check(response)
        return seconds

    def feed(self, lines):
        """Sends lines as fast as they are taken, and waits for the last response."""
        sender = threading.Thread(target=self._send, args=(lines,))
        sender.start()
        for _ in lines:
            self._check(self.process.stdout.readline())
        sender.join()

    def resident(self):
        """Resident bytes; None where the system does not say."""
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return int(re.search(r"VmRSS:\s*(\d+) kB", status)[1]) * 1024

    def _send(self, lines):
        # A program that died is found out by who waits for its responses.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.writelines(lines)
            self.process.stdin.flush()

    def _check(self, response):
        # An error is written faster than an answer: its time would say nothing.
        if b'"action":"error"' in response:
            raise Failure(f"a line was not answered: {response.decode(errors='replace').strip()}")
        if not response:
            self.process.kill()
            raise failure(self.command, self.process.wait(), self.errors)


# ---------------------------------------------------------------------------------- Throughput


@dataclass
class Series:
    """The seconds of one command, a round each: over the input, and over an empty one."""

    name: str
    wall: list = field(default_factory=list)
    processor: list = field(default_factory=list)
    start_wall: list = field(default_factory=list)
    start_processor: list = field(default_factory=list)

    def net(self, clock):
        """Seconds for the lines alone: the medians of a run and of its start, taken apart."""
        start = statistics.median(getattr(self, f"start_{clock}"))
        return statistics.median(getattr(self, clock)) - start

    def net_rounds(self, clock):
        """The same of each round. The start is the median one: its noise is not the lines'."""
        start = statistics.median(getattr(self, f"start_{clock}"))
        return [seconds - start for seconds in getattr(self, clock)]


def timed(command, input_path):
    """Runs a command over a file; gives its wall seconds and its user and system seconds."""
    with open(input_path, "rb") as lines, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=lines, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        # Told, so that nobody waits for the process again.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise failure(command, process.returncode, errors)
        return wall, usage.ru_utime + usage.ru_stime


def throughput(pipe, lines, scratch, rounds):
    """Runs every command in turn, so that what else the machine does falls on all of them.

    Gives a series a command, and the bytes of the state file after the last run.
    """
    empty = scratch / "empty"
    empty.touch()
    state = scratch / "state.odzew"
    commands = {
        "jq": ["jq", "-c", "."],
        "one": pipe.command("--jobs", 1),
        "two": pipe.command("--jobs", 2),
        "state": pipe.command("--jobs", 1, "--state", state),
    }
    names = ["`jq -c .`", "`--jobs 1`", "`--jobs 2`", "`--jobs 1 --state`"]
    measured = {key: Series(name) for key, name in zip(commands, names)}
    # Once uncounted: it fills the cache that every later start reads.
    timed(commands["one"], empty)
    for number in range(1, rounds + 1):
        for key, command in commands.items():
            said(f"round {number} of {rounds}: {key}")
            series = measured[key]
            for path, wall, processor in (
                (empty, series.start_wall, series.start_processor),
                (lines, series.wall, series.processor),
            ):
                # A fresh file each time; SQLite keeps others beside it.
                for old in scratch.glob(f"{state.name}*"):
                    old.unlink()
                spent = timed(command, path)
                wall.append(spent[0])
                processor.append(spent[1])
    size = sum(file.stat().st_size for file in scratch.glob(f"{state.name}*"))
    return measured, size


# ------------------------------------------------------------------------------ Latency, start


def percentile(ordered, share):
    """The smallest value that this share of all do not exceed."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def spread(seconds):
    """Median, 90th, 99th and 99.9th percentile and maximum, in microseconds."""
    ordered = sorted(seconds)
    return [percentile(ordered, share) * 1e6 for share in (0.5, 0.9, 0.99, 0.999, 1)]


def latency(pipe, lines):
    """Sends a warm process lines one at a time; gives the spread of its times."""
    said("latency")
    with Warm(pipe.command("--jobs", 1)) as warm:
        for line in lines[:DROPPED]:
            warm.ask(line)
        return spread([warm.ask(line) for line in lines[DROPPED : DROPPED + COUNTED]])


def cold_start(pipe, line, *options):
    """The median seconds from the start of a process to its first response."""
    said(" ".join(["cold start", *options]))
    seconds = []
    for _ in range(COLD_STARTS):
        start = time.perf_counter()
        with Warm(pipe.command(*options)) as warm:
            warm.ask(line)
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


# --------------------------------------------------------------------------------- Memory, soak


def memory(pipe, lines, *options):
    """Resident bytes of a process as lines go through: pairs of lines sent and bytes."""
    said("memory")
    step = max(len(lines) // MEMORY_POINTS, 1)
    points = []
    with Warm(pipe.command("--jobs", 1, *options)) as warm:
        # Only an answer shows that the program has loaded: the first point is after one line.
        sent = 0
        for end in [1, *range(step, len(lines) + 1, step)]:
            warm.feed(lines[sent:end])
            sent = end
            points.append((sent, warm.resident()))
    return [] if points[0][1] is None else points


@dataclass(frozen=True)
class Block:
    """One of the points of a long run: what it measured since the one before."""

    sent: int
    resident: int
    rate: float
    spread: list


@contextlib.contextmanager
def stream(count, seed):
    """Lines as they are made, so that there may be more than memory holds."""
    command = messages(count, seed)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source:
        try:
            yield source.stdout
        finally:
            # It would write on if the run failed.
            source.kill()


def soak(pipe, count, seed, *options):
    """Sends one process many messages, none of which is kept here; gives the blocks."""
    blocks, sent = [], 0
    with stream(count + 1, seed) as lines, Warm(pipe.command("--jobs", 1, *options)) as warm:
        # Not counted: it waits for the program to load.
        warm.ask(next(lines))
        for point in range(1, SOAK_POINTS + 1):
            end = count * point // SOAK_POINTS
            seconds = array.array("d")
            while sent < end:
                if sent % 1000 == 0:
                    said(f"soak: {sent} of {count}")
                seconds.append(warm.ask(next(lines)))
                sent += 1
            # Of the time waited for responses: what the lines take to be made is not the program's.
            rate = len(seconds) / sum(seconds)
            blocks.append(Block(sent, warm.resident(), rate, spread(seconds)))
    return blocks


# ---------------------------------------------------------------------------------- RiveScript


def has_rivescript(python, scratch):
    """Whether an interpreter has the package.

    Asked from a folder of its own: the script beside this one bears the same name.
    """
    asked = subprocess.run(
        [python, "-c", "import rivescript"], cwd=scratch, capture_output=True, check=False
    )
    return asked.returncode == 0


def rivescript(python, lines, scratch):
    """Messages a second of RiveScript, plain and framed; None where it is not installed."""
    if not has_rivescript(python or sys.executable, scratch):
        if python:
            raise Failure(f"'{python}' has no package rivescript; 'pip install rivescript' adds it")
        return None
    rates = []
    for options in ([], ["--framed"]):
        said(" ".join(["RiveScript", *options]))
        command = [python or sys.executable, str(here / "rivescript.py"), *options]
        done = subprocess.run(command, input=b"".join(lines), capture_output=True, check=False)
        told = re.search(rb", (\d+) a second", done.stderr)
        if done.returncode != 0 or not told:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise Failure(": ".join(["RiveScript failed", *last]))
        rates.append(int(told[1]))
    return rates


# ------------------------------------------------------------------------------------- Machine


def processor_model():
    """The processor's name, as the system tells it."""
    if sys.platform == "darwin":
        return output(["sysctl", "-n", "machdep.cpu.brand_string"]).decode().strip()
    with contextlib.suppress(OSError):
        told = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
        if told:
            return told[1]
    return platform.machine()


def file_system(folder):
    """The kind of file system of a folder; None where the system does not say."""
    if not sys.platform.startswith("linux"):
        return None
    return output(["stat", "-f", "-c", "%T", str(folder)]).decode().strip()


def facts(pipe, scratch):
    """What the figures depend on. Asked first: the load is the one before the run."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    entries = {
        "Processor": f"{processor_model()}, {os.cpu_count()} cores",
        "System": f"{platform.system()} {platform.release()}",
        "Load before": f"{load} (1, 5, 15 minutes)",
        "jq": output(["jq", "--version"]).decode().strip(),
        "Odzew": output([str(pipe.program), "--version"]).decode().strip(),
    }
    kind = file_system(scratch)
    if kind:
        entries["State files on"] = kind
    return [f"- {name}: {value}" for name, value in entries.items()]


# -------------------------------------------------------------------------------------- Tables


def table(head, rows):
    """A Markdown table, with an empty line after it."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines) + "\n"


def quotient(over, under, form="{:.3g} ×"):
    """A ratio for a cell; a dash where too few lines were run to tell a time from its start."""
    return form.format(over / under) if over > 0 and under > 0 else "–"


def span(slower, faster, clock):
    """The least and the greatest ratio of a round."""
    pairs = list(zip(slower.net_rounds(clock), faster.net_rounds(clock)))
    if any(min(pair) <= 0 for pair in pairs):
        return ""
    ratios = [slow / fast for slow, fast in pairs]
    return f" ({min(ratios):.3g} to {max(ratios):.3g})"


def ratio(slower, faster, clock):
    """How many times the lines a second of one the other has, with the span of the rounds."""
    return quotient(slower.net(clock), faster.net(clock)) + span(slower, faster, clock)


def megabytes(size):
    return f"{size / 1e6:.1f} MB"


def memory_rows(points, end):
    """The bars of memory of one process; none where the system does not say how much it has."""
    if not points:
        return []
    # From the second point: what was read after the start is not growth.
    (first, before), (last, after) = points[1], points[-1]
    grown = f"{(after - before) / (last - first):+,.0f} bytes a message"
    return [
        [f"most resident memory{end}", megabytes(max(size for _, size in points)), "< 120 MB"],
        [f"growth from {first:,} to {last:,} messages{end}", grown, "flat"],
    ]


def bars(count, series, state_size, times, starts, points, rival):
    """The bars, each beside what was measured."""
    jq, one, two, state = (series[key] for key in ("jq", "one", "two", "state"))
    rows = [
        ["`--jobs 1` to jq, wall time", ratio(jq, one, "wall"), "≥ 2.5 ×"],
        ["`--jobs 1` to jq, processor time", ratio(jq, one, "processor"), "≥ 2.5 ×"],
        ["`--jobs 2` to `--jobs 1`, wall time", ratio(one, two, "wall"), "≥ 1.8 ×"],
    ]
    for name, rate in zip(("RiveScript", "RiveScript `--framed`"), rival or ()):
        seconds = one.net("wall")
        rows.append([f"`--jobs 1` to {name}", quotient(count, seconds * rate, "{:.0f} ×"), "≥ 100 ×"])
    rows += [
        ["99th percentile of a warm process", f"{times[2] / 1000:.3f} ms", "< 1 ms"],
        ["start to first answer", f"{starts[0] * 1000:.0f} ms", "< 60 ms"],
        ["start to first answer, `--no-cache`", f"{starts[1] * 1000:.0f} ms", ""],
    ]
    for measured, end in zip(points, ("", " with `--state`")):
        rows += memory_rows(measured, end)
    rate = quotient(count, state.net("wall"), "{:,.0f}")
    rows += [
        ["messages a second with `--state`", rate, "≥ 5,000"],
        ["rate with `--state` to without", ratio(one, state, "wall"), ""],
        ["state file", f"{state_size / count:,.0f} bytes a message", ""],
    ]
    return table(["what", "measured", "bar"], rows)


def throughput_table(count, series):
    """Lines a second of each command, by both clocks, with the start subtracted."""
    rows = []
    for entry in series.values():
        cells = [entry.name]
        for clock in ("wall", "processor"):
            start = statistics.median(getattr(entry, f"start_{clock}"))
            cells += [
                f"{start * 1000:,.0f} ms",
                f"{entry.net(clock):.3f} s",
                quotient(count, entry.net(clock), "{:,.0f}"),
                quotient(series["jq"].net(clock), entry.net(clock)),
            ]
        rows.append(cells)
    wall = ["start", "lines", "lines a second", "to jq"]
    return table(["", *wall, *(f"{name}, processor" for name in wall)], rows)


SPREAD_HEAD = ["median", "90th", "99th", "99.9th", "most"]


def rounded(values):
    return [f"{value:,.0f}" for value in values]


def memory_table(plain, kept):
    """Resident memory at the same points, without a state file and with one."""
    rows = [
        [f"{sent:,}", megabytes(size), megabytes(other)]
        for (sent, size), (_, other) in zip(plain, kept)
    ]
    return table(["messages", "`--jobs 1`", "`--jobs 1 --state`"], rows)


def soak_table(blocks):
    """The blocks of a long run."""
    rows = []
    for block in blocks:
        size = "" if block.resident is None else megabytes(block.resident)
        rows.append([f"{block.sent:,}", size, f"{block.rate:,.0f}", *rounded(block.spread)])
    return table(["messages", "resident", "messages a second", *SPREAD_HEAD], rows)


def rivescript_text(rival):
    """What RiveScript reached, or how it is added to a run."""
    if rival is None:
        return (
            "Not measured: `python3 -m venv rive && rive/bin/pip install rivescript`, and then"
            " `--rivescript rive/bin/python`.\n"
        )
    return table(["", "messages a second"], [["plain", rival[0]], ["`--framed`", rival[1]]])


# ----------------------------------------------------------------------------------------- Run


def measure(pipe, options, scratch):
    """Measures everything in turn, and prints it."""
    machine = facts(pipe, scratch)
    said("making the lines")
    path = scratch / "lines.ndjson"
    path.write_bytes(output(messages(options.lines, options.seed)))
    lines = path.read_bytes().splitlines(keepends=True)
    asked = output(messages(DROPPED + COUNTED, options.seed)).splitlines(keepends=True)

    rival = rivescript(options.rivescript, asked[:RIVESCRIPT_LINES], scratch)
    series, state_size = throughput(pipe, path, scratch, options.rounds)
    times = latency(pipe, asked)
    starts = [cold_start(pipe, asked[0]), cold_start(pipe, asked[0], "--no-cache")]
    kept = ("--state", scratch / "memory.odzew")
    points = [memory(pipe, lines), memory(pipe, lines, *kept)]
    blocks = []
    if options.soak:
        kept = ("--state", scratch / "soak.odzew") if options.soak_state else ()
        blocks = soak(pipe, options.soak, options.seed, *kept)
    said("")

    count = len(lines)
    print("\n".join(machine))
    print(f"- Input: {count:,} lines of {path.stat().st_size / count:,.0f} bytes, seed {options.seed}")
    print(f"- Medians of {options.rounds} interleaved rounds\n")
    print(bars(count, series, state_size, times, starts, points, rival))
    print("Lines a second, without the start; wall time first, then user and system time:\n")
    print(throughput_table(count, series))
    print(f"Microseconds from a line to its response, {COUNTED:,} lines one at a time:\n")
    print(table(["", *SPREAD_HEAD], [["`--jobs 1`", *rounded(times)]]))
    if points[0]:
        print("Resident memory of one process, as fast as it takes lines:\n")
        print(memory_table(*points))
    print(f"RiveScript on {RIVESCRIPT_LINES} of the lines:\n")
    print(rivescript_text(rival))
    if blocks:
        print("A long run, one message at a time, each block's latency in microseconds:\n")
        print(soak_table(blocks))


def at_least(least):
    """What reads a number of the command line."""

    def number(text):
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"must be {least} or more")
        return int(text)

    return number


def arguments():
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=at_least(100), default=20_000, help="lines of input (20000)")
    parser.add_argument("--rounds", type=at_least(1), default=5, help="rounds of all programs (5)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other lines (1)")
    parser.add_argument(
        "--program", type=pathlib.Path, default=root / ".build/release/odzew", metavar="PATH",
        help="the program (.build/release/odzew)",
    )
    parser.add_argument(
        "--bot", type=pathlib.Path, default=root, metavar="DIR", help="the bot folder (this repository)"
    )
    parser.add_argument(
        "--rivescript", metavar="PYTHON", help="a Python interpreter that has the package rivescript"
    )
    parser.add_argument(
        "--soak", type=at_least(SOAK_POINTS), metavar="N", help="send one process N messages at the end"
    )
    parser.add_argument(
        "--soak-state", action="store_true", help="with a state file, of some 10 kB a message"
    )
    options = parser.parse_args()
    if options.soak_state and not options.soak:
        parser.error("--soak-state needs --soak")
    return options


def check(options):
    """Says what is missing before anything is measured."""
    if not shutil.which("jq"):
        raise Failure("jq is missing")
    if not os.access(options.program, os.X_OK):
        raise Failure(f"'{options.program}' is missing; 'make build' makes it, --program names another")
    if not options.bot.is_dir():
        raise Failure(f"'{options.bot}' is no bot folder")
    if options.rivescript and not shutil.which(options.rivescript):
        raise Failure(f"'{options.rivescript}' is no interpreter")


def main():
    options = arguments()
    try:
        check(options)
        # Absolute: a path that is found here is found by a program, too.
        pipe = Pipe(options.program.absolute(), options.bot.absolute())
        with tempfile.TemporaryDirectory(prefix="odzew-bench-") as scratch:
            measure(pipe, options, pathlib.Path(scratch))
    except (Failure, OSError) as failed:
        said("")
        sys.exit(f"bench: {failed}")
    except KeyboardInterrupt:
        said("")
        sys.exit(130)


if __name__ == "__main__":
    main()
