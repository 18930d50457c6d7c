#!/usr/bin/env python3
"""Fits the hints of a bot's policies: what words and concepts say for each rule, or that a text is lawful.

Rules know certain ways of breaking the law or a marketplace's terms; people find others. Hints are fitted to
labelled texts by multinomial logistic regression, at once over the words, beginnings of words and pairs of words
that stand near each other of each language, and over the concepts of all languages, alone and two in a sentence
(the lawful start with the points of `weighing`). The rarer a form, the further its points may go from zero; the
more words or concepts a text has, the less each says. The examples of the packs count threefold, and the shipped
templates are lawful. What concepts a text has the program says: `odzew check --json --concepts`.

    Scripts/policy-hints.py BOT Tests/Fixtures/policies/{development,plain}.*.jsonl

writes `policies` in the files of BOT/Hints anew. Judge the result by texts that were not among these. It needs
the program (ODZEW says where it is), numpy, scipy and PyYAML.
"""

import collections
import glob
import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
import unicodedata

import numpy as np
import scipy.sparse as sparse
import yaml

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("hints", os.path.join(here, "hints.py"))
base = importlib.util.module_from_spec(spec)
spec.loader.exec_module(base)

LAWFUL = "lawful"
WRONG_LANGUAGE = "wrong-language"
EVERY_LANGUAGE = "any"
LEAST_TEXTS = 2
LEAST_TEXTS_OF_CONCEPTS = 5
BEGINNINGS = (3, 4, 5, 6, 7)
# Of a pair of words so many letters each.
PAIR = 5
# Words of a pair stand in a row, or with so many others between them at the most, as `..` in a keyword has it.
WIDEST_GAP = 3
EXAMPLES_COUNT = 3
MOST_POINTS = 20
# How far points may go from zero: the standard deviation of the prior, before the rarity of a form counts.
FREEDOM = 2
FREEDOM_OF_CONCEPTS = 0.3
ROUNDS = 300
# Points below these are none.
LEAST_POINTS = 0.3
LEAST_POINTS_OF_CONCEPTS = 0.1


def words(text):
    """The words of each sentence, as keywords know them."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text.lower()) if unicodedata.category(c) != "Cf")
    text = text.replace("'", "").replace("’", "")
    for sentence in re.split(r"[.!?]+\s|\n+", text):
        yield [base.folded(word) for word in re.findall(r"[^\W_]+", sentence)]


def forms(text):
    """The forms of a text: its words, their beginnings, and pairs of words."""
    found = set()
    for sentence in words(text):
        sentence = [word for word in sentence if re.fullmatch("[a-z0-9]+", word)]
        for word in sentence:
            found.add(word)
            if not word.isdigit():
                found.update(word[:n] + "*" for n in BEGINNINGS if len(word) > n)
        parts = [word if len(word) <= PAIR or word.isdigit() else word[:PAIR] + "*" for word in sentence]
        found.update(map(" ".join, zip(parts, parts[1:])))
        for distance in range(1, WIDEST_GAP + 2):
            found.update(map(" .. ".join, zip(parts, parts[distance:])))
    return found


def concepts(bot, texts):
    """The concepts of each text, alone and two in a sentence, but for the phrases that are violations by themselves."""
    lines = [
        json.dumps({"channel": "chat", "locale": locale, "text": text}) for locale, text, _ in texts
    ]
    run = subprocess.run(
        [os.environ.get("ODZEW", "odzew"), "check", "--bot", bot, "--json", "--concepts"],
        input="\n".join(lines), capture_output=True, encoding="utf-8",
    )
    verdicts = run.stdout.splitlines()
    if len(verdicts) != len(lines):
        sys.exit(run.stderr or "the program has not answered every text")
    for verdict in verdicts:
        found = set()
        for sentence in json.loads(verdict)["concepts"]:
            names = sorted("@" + name for name in sentence if not name.endswith("!"))
            found.update(names)
            found.update(map(" ".join, itertools.combinations(names, 2)))
        yield found


def weighed(forms_of, sizes, least, freedom):
    """The forms, how far the points of each may go, and for each text what each of its forms weighs.

    A form is a language and what stands in it; `sizes` tells how many texts a language has.
    """
    texts_of = collections.defaultdict(set)
    for row, found in enumerate(forms_of):
        for form in found:
            texts_of[form].add(row)
    kept = {form: rows for form, rows in texts_of.items() if len(rows) >= least}
    names, stands = base.incidence(kept, len(forms_of))
    far = freedom * np.log([sizes[name[0]] / len(kept[name]) for name in names])
    weights = 1 / np.sqrt(np.asarray(stands.sum(1)).ravel() + 1)
    return names, far, sparse.diags(weights) @ stands


def hints(bot, texts, rules, scale):
    """By language, for each rule and for what is lawful, its hints with their points."""
    sizes = collections.Counter(locale for locale, _, _ in texts)
    sizes[EVERY_LANGUAGE] = len(texts)
    of_words = [{(locale, form) for form in forms(text)} for locale, text, _ in texts]
    of_concepts = [{(EVERY_LANGUAGE, form) for form in found} for found in concepts(bot, texts)]
    parts = [
        weighed(of_words, sizes, LEAST_TEXTS, FREEDOM),
        weighed(of_concepts, sizes, LEAST_TEXTS_OF_CONCEPTS, FREEDOM_OF_CONCEPTS),
    ]
    names = [name for part in parts for name in part[0]]
    far = np.concatenate([part[1] for part in parts])[:, None]
    stands = sparse.hstack([part[2] for part in parts]) @ sparse.diags(far[:, 0])
    labels = np.zeros((len(texts), len(rules)))
    for row, (_, _, named) in enumerate(texts):
        for rule in named:
            labels[row, rules.index(rule)] = 1 / len(named)
    before = np.array([scale["lawful"] if rule == LAWFUL else 0.0 for rule in rules])
    points = far * base.fitted(stands.tocsr(), labels, ROUNDS, before)
    # Only differences count: most rules get none.
    points -= np.median(points, axis=1, keepdims=True)
    least = [[LEAST_POINTS if name[0] != EVERY_LANGUAGE else LEAST_POINTS_OF_CONCEPTS] for name in names]
    points = np.where(np.abs(points) < least, 0, np.round(points, 1))
    points = points.clip(-MOST_POINTS, MOST_POINTS)
    found = collections.defaultdict(lambda: collections.defaultdict(dict))
    for place, rule in zip(*np.nonzero(points)):
        locale, form = names[place]
        found[locale][rules[rule]][form] = points[place, rule]
    return found


def examples(packs, rules):
    """The examples of the packs, by language."""
    found = collections.defaultdict(list)
    for pack in packs:
        for rule in pack.get("rules") or []:
            if rule["id"] in rules:
                for locale, texts in (rule.get("violates") or {}).items():
                    found[locale] += [(text, [rule["id"]]) for text in texts]
                for locale, texts in (rule.get("complies") or {}).items():
                    found[locale] += [(text, [LAWFUL]) for text in texts]
        for name, wording in (pack.get("wordings") or {}).items():
            if name in rules:
                locale = pack["language"]
                found[locale] += [(text, [name]) for text in wording.get("violates") or []]
                found[locale] += [(text, [LAWFUL]) for text in wording.get("complies") or []]
    return found


def templates(bot, locale):
    """What the templates say, by the golden texts of their matrix.

    Where a text leaves a choice open it stands once for each intent, beside another one.
    """
    try:
        with open(os.path.join(bot, "Cases", "matrix", f"{locale}.golden"), encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return []
    names = []
    for path in sorted(glob.glob(os.path.join(bot, "Intents", "*.yaml"))):
        with open(path, encoding="utf-8") as file:
            wording = (yaml.safe_load(file).get("locales") or {}).get(locale) or {}
        if wording.get("label"):
            names.append(wording["label"])
    found = set()
    for part in re.split(r"(?m)^## .*\n.*\n(?:refused: .*\n)?", text):
        ways = range(len(names)) if "…" in part else range(1)
        for way in ways:
            choices = itertools.cycle([names[way], names[(way * 7 + 3) % len(names)]])
            found.add(re.sub("…", lambda _: next(choices), part).strip())
    return sorted(found - {""})


def main():
    bot, files = sys.argv[1], sys.argv[2:]
    packs = {}
    for path in sorted(glob.glob(os.path.join(bot, "Policies", "*.yaml"))):
        with open(path, encoding="utf-8") as file:
            packs[path] = yaml.safe_load(file)
    scale = next(pack["weighing"] for pack in packs.values() if "weighing" in pack)
    rules = sorted(
        rule["id"]
        for pack in packs.values()
        for rule in pack.get("rules") or []
        if rule.get("when") and not rule.get("context")
    ) + [LAWFUL]
    texts = collections.defaultdict(list)
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                text = json.loads(line)
                # Its words are another language's.
                if WRONG_LANGUAGE in text["rules"]:
                    continue
                named = [rule for rule in text["rules"] if rule in rules]
                texts[text["locale"]].append((text["text"], named or [LAWFUL]))
    known = examples(packs.values(), rules)
    every = []
    for locale in sorted(texts):
        lawful = [(text, [LAWFUL]) for text in templates(bot, locale)]
        own = texts[locale] + known[locale] * EXAMPLES_COUNT + lawful
        every += [(locale, text, named) for text, named in own]
    for locale, found in hints(bot, every, rules, scale).items():
        base.write(bot, locale, "policies", found)
        print(f"{locale}: {sum(map(len, found.values()))} hints", file=sys.stderr)


if __name__ == "__main__":
    main()
