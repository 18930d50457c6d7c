#!/usr/bin/env python3
"""Writes the manual from what the argument parser knows: odzew.1, and a page for each subcommand.

    odzew --experimental-dump-help | Scripts/manual.py FOLDER DATE VERSION

The parser's own plugin (`generate-manual`) fills examples as if they were prose, leaves out what an
option's help says in its second sentence, and has no sections for exit codes and files.
"""

import json
import pathlib
import re
import sys

ENVIRONMENT = [
    ("NO_COLOR", "Anything in it: no colours, not even on a terminal."),
    ("XDG_CACHE_HOME", "Where tables made of the bot folder are kept between runs, in a folder odzew; without it, ~/.cache."),
]
FILES = [
    ("share/odzew", "The bot folder that is used where none is named, beside the program's bin."),
    ("share/odzew/Schemas", "JSON Schemas of requests, responses and every YAML file of a bot folder."),
]


def escaped(text):
    """Text that roff prints as it is, wherever it stands."""
    for plain, roff in [("\\", "\\e"), ("-", "\\-"), ("'", "\\(aq"), ("`", "\\(ga"), ("^", "\\(ha"), ("~", "\\(ti")]:
        text = text.replace(plain, roff)
    return "\\&" + text if text.startswith(".") else text


def option_names(argument):
    return [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names", [])]


def shown(argument):
    """The argument with its value, in bold and italics: --bot DIR."""
    names = ", ".join(f"\\fB{escaped(name)}\\fR" for name in dict.fromkeys(sorted(option_names(argument), key=len)))
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    return value if argument["kind"] == "positional" else names if argument["kind"] == "flag" else f"{names} {value}"


def synopsis(command, name):
    lines = []
    for argument in command["arguments"]:
        if argument["kind"] == "flag" and argument["valueName"] in ("help", "version"):
            continue
        part = shown(argument) + (" .\\|.\\|." if argument["isRepeating"] else "")
        lines.append(f"[{part}]" if argument["isOptional"] else part)
    if command.get("subcommands"):
        lines.append("\\fIcommand\\fR [\\fIargument\\fR .\\|.\\|.]")
    return [f".B {escaped(name)}"] + lines


def sections(discussion):
    """The discussion by headings: what it says, its examples, its exit codes."""
    description, examples, codes = [], [], []
    for paragraph in re.split(r"\n\s*\n", discussion.strip("\n")):
        lines = paragraph.split("\n")
        if re.fullmatch(r"Examples?:", lines[0].strip()):
            examples += lines[1:]
        elif lines[0].startswith("Exit code"):
            codes += lines
        elif paragraph:
            description.append(lines)
    return description, examples, codes


def literal(lines):
    return [".RS 4", ".nf"] + [escaped(line.strip()) for line in lines] + [".fi", ".RE"]


def prose(paragraphs):
    """Paragraphs, in which indented lines keep their breaks."""
    out = []
    for lines in paragraphs:
        out.append(".PP")
        kept = []
        for line in lines:
            if line.startswith("  "):
                kept.append(line)
                continue
            out += literal(kept) if kept else []
            kept = []
            out.append(escaped(line))
        out += literal(kept) if kept else []
    return out[1:]


def described(argument):
    texts = [argument.get("abstract", ""), argument.get("discussion", "")]
    if argument.get("defaultValue"):
        texts.append(f"Default: {argument['defaultValue']}.")
    return ([".TP", shown(argument)]
            + [escaped(" ".join(text.split())) for text in texts if text])


def page(command, name, others, date, version):
    title = name.replace(" ", "-")
    abstract = command["abstract"].rstrip(".")
    description, examples, codes = sections(command.get("discussion", ""))
    options = [argument for argument in command["arguments"] if argument.get("shouldDisplay", True)]
    subcommands = [part for part in command.get("subcommands", []) if part["commandName"] != "help"]
    out = [f'.TH {escaped(title.upper())} 1 "{date}" "odzew {version}" "Odzew"', ".nh", ".ad l", ".SH NAME",
           f"{escaped(title)} \\- {escaped(abstract[0].lower() + abstract[1:])}", ".SH SYNOPSIS"]
    out += synopsis(command, name)
    out += [".SH DESCRIPTION"] + (prose(description) if description else [escaped(command["abstract"])])
    if subcommands:
        out.append(".SH COMMANDS")
        for part in subcommands:
            out += [".TP", f"\\fB{escaped(title + '-' + part['commandName'])}\\fR(1)", escaped(part["abstract"])]
    for heading, kinds in [("ARGUMENTS", {"positional"}), ("OPTIONS", {"option", "flag"})]:
        chosen = [argument for argument in options if argument["kind"] in kinds]
        if chosen:
            out.append(f".SH {heading}")
            out += [line for argument in chosen for line in described(argument)]
    for heading, entries in [("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)] if title == "odzew" else []:
        out.append(f".SH {heading}")
        out += [line for key, text in entries for line in [".TP", f"\\fB{escaped(key)}\\fR", escaped(text)]]
    if codes:
        out.append(".SH EXIT STATUS")
        for code in " ".join(codes).removeprefix("Exit codes: ").split("; "):
            number, _, meaning = code.partition(" ")
            out += [".TP", number, escaped(meaning)] if number.isdigit() else [escaped(code)]
    if examples:
        out += [".SH EXAMPLES"] + literal(examples)
    related = [other for other in others if other != title]
    out += [".SH SEE ALSO", ",\n".join(f"\\fB{escaped(other)}\\fR(1)" for other in related)]
    return title, "\n".join(out) + "\n"


def commands(command, name):
    yield command, name
    for part in command.get("subcommands", []):
        if part["commandName"] != "help":
            yield from commands(part, f"{name} {part['commandName']}")


def main():
    folder, date, version = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    root = json.load(sys.stdin)["command"]
    pages = list(commands(root, root["commandName"]))
    titles = [name.replace(" ", "-") for _, name in pages]
    folder.mkdir(parents=True, exist_ok=True)
    for command, name in pages:
        own = name.replace(" ", "-")
        # A page leads to the whole, and to the parts of its command; the whole leads to all.
        near = titles if own == "odzew" else [t for t in titles if own.startswith(t + "-") or t.startswith(own + "-")]
        title, text = page(command, name, near, date, version)
        (folder / f"{title}.1").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
