#!/usr/bin/env python3
"""Fits the hints of a bot's policies: what words say for each rule, or that a text is lawful.

Rules know certain ways of breaking the law or a marketplace's terms; people find others. Hints are fitted to
labelled texts, language by language, by multinomial logistic regression over words, beginnings of words and
pairs of words that stand near each other (the lawful start with the points of `weighing`). The more words a text
has, the less each says. Whether a text is lawful at all hangs on a great many words that say little each, so
those points are kept fine; which rule it breaks is told by few that say much. The examples of the packs count
threefold, and the shipped templates are lawful.

    Scripts/policy-hints.py BOT Tests/Fixtures/policies/{development,plain}.*.jsonl

writes `policies` in the files of BOT/Hints anew. Judge the result by texts that were not among these. It needs numpy, scipy
and PyYAML.
"""

import collections
import glob
import importlib.util
import itertools
import json
import os
import re
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
LEAST_TEXTS = 2
BEGINNINGS = (4, 5, 6, 7)
# Of a pair of words so many letters each.
PAIR = 5
# Words of a pair stand in a row, or with so many others between them at the most, as `..` in a keyword has it.
WIDEST_GAP = 3
EXAMPLES_COUNT = 3
MOST_POINTS = 9
VARIANCE = 0.2
SMOOTHING = 0.5
# To what the points for a lawful text are rounded, and below which those for a rule are dropped.
FINE = 0.03
LEAST = 0.1


def words(text):
    """The words of each sentence, as keywords know them."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text.lower()) if unicodedata.category(c) != "Cf")
    text = text.replace("'", "").replace("’", "")
    for sentence in re.split(r"[.!?]+\s|\n+", text):
        yield [base.folded(word) for word in re.findall(r"[^\W_]+", sentence)]


def forms(text):
    """The forms of a text, and how many words it has."""
    found, count = set(), 0
    for sentence in words(text):
        sentence = [word for word in sentence if re.fullmatch("[a-z0-9]+", word)]
        count += len(sentence)
        for word in sentence:
            found.add(word)
            if not word.isdigit():
                found.update(word[:n] + "*" for n in BEGINNINGS if len(word) > n)
        parts = [word if len(word) <= PAIR or word.isdigit() else word[:PAIR] + "*" for word in sentence]
        found.update(map(" ".join, zip(parts, parts[1:])))
        for distance in range(1, WIDEST_GAP + 2):
            found.update(map(" .. ".join, zip(parts, parts[distance:])))
    return found, max(count, 1)


def hints(texts, rules, scale):
    """For each rule, and for what is lawful, its hints with their points."""
    texts_of = collections.defaultdict(set)
    counts = []
    for row, (text, _) in enumerate(texts):
        found, count = forms(text)
        counts.append(count)
        for form in found:
            texts_of[form].add(row)
    kept = {form: rows for form, rows in texts_of.items() if len(rows) >= LEAST_TEXTS}
    names, stands = base.incidence(kept, len(texts))
    weight = np.minimum(1, np.sqrt(scale["words"] / np.array(counts)))
    labels = np.zeros((len(texts), len(rules)))
    for row, (_, named) in enumerate(texts):
        for rule in named:
            labels[row, rules.index(rule)] = 1 / len(named)
    before = np.array([scale["lawful"] if rule == LAWFUL else 0.0 for rule in rules])
    lawful = rules.index(LAWFUL)
    strength = strengths(stands, labels[:, lawful] == 1)[:, None]
    everything = np.ones((len(names), len(rules)), bool)
    scaled = sparse.diags(weight) @ stands @ sparse.diags(strength[:, 0])
    points = strength * base.fitted(
        scaled.tocsr(), labels, everything, np.zeros(everything.shape), 150, before)
    # Only differences count: most rules get none.
    points -= np.median(points, axis=1, keepdims=True)
    points[:, lawful] = np.round(points[:, lawful] / FINE) * FINE
    others = np.arange(len(rules)) != lawful
    points[:, others] = np.where(np.abs(points[:, others]) < LEAST, 0, np.round(points[:, others], 1))
    points = np.round(points, 2).clip(-MOST_POINTS, MOST_POINTS)
    found = collections.defaultdict(dict)
    for place, rule in zip(*np.nonzero(points)):
        found[rules[rule]][names[place]] = points[place, rule]
    return found


def strengths(stands, lawful):
    """How far the points of each form may go from zero (the standard deviation of the prior): the further, the
    more unevenly lawful and other texts share it (Wang and Manning 2012, NBSVM), and the rarer it is."""
    counts = [np.asarray(stands[rows].sum(axis=0)).ravel() for rows in (lawful, ~lawful)]
    sizes = lawful.sum(), (~lawful).sum()
    shares = [(count + SMOOTHING) / (size + 2 * SMOOTHING) for count, size in zip(counts, sizes)]
    unevenness = np.abs(np.log(shares[0] / shares[1]))
    rarity = np.log(sum(sizes) / sum(counts))
    return np.sqrt(VARIANCE) * (unevenness + rarity / 4) / 2


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
    for path, pack in packs.items():
        locale = pack.get("language")
        if locale not in texts:
            continue
        lawful = [(text, [LAWFUL]) for text in templates(bot, locale)]
        own = texts[locale] + known[locale] * EXAMPLES_COUNT + lawful
        found = hints(own, rules, scale)
        base.write(bot, locale, "policies", found)
        print(f"{locale}: {len(own)} texts, {sum(map(len, found.values()))} hints", file=sys.stderr)


if __name__ == "__main__":
    main()
