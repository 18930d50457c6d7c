#!/usr/bin/env python3
"""Fits the hints of a bot's intents: what words say beside its concepts, in each language.

Concepts say what a message certainly means. Hints gather what words say beside them: 'two' proves
nothing, and yet speaks for a missing item rather than for a refund. They are fitted to labelled messages,
language by language, by multinomial logistic regression over words, beginnings of words and pairs of words that
stand near each other. The rarer a form, the further its points may go from zero; the more forms a message has, the
less each says, as in the program. Of forms that stand in the same messages one is fitted. Points near zero are
dropped. The intents' own examples are fitted with the messages.

    Scripts/hints.py BOT Tests/Fixtures/messages/development.*.jsonl

writes `intents` in the files of BOT/Hints anew. Judge the result by messages that were not among these. It needs numpy, scipy
and PyYAML, and takes some minutes.
"""

import collections
import glob
import json
import os
import re
import sys
import textwrap
import unicodedata

import numpy as np
import scipy.sparse as sparse
import yaml
from scipy.optimize import minimize

LEAST_MESSAGES = 3
BEGINNINGS = (3, 4, 5, 6, 7)
# Of a pair of words so many letters each.
PAIR = 5
# Words of a pair stand in a row, or with so many others between them at the most, as `..` in a keyword has it.
WIDEST_GAP = 3
# From which share of a form's messages on another one says the same.
SAME = 0.9
# Points below it are none.
LEAST_POINTS = 0.3
MOST_POINTS = 20
# How far the points of a form may go from zero: the standard deviation of the prior, before its rarity counts.
FREEDOM = 4
ROUNDS = 60
WIDTH = 118
RESERVED = {"on", "off", "yes", "no", "y", "n", "true", "false", "null"}


def folded(word):
    plain = word.replace("ł", "l").replace("ß", "ss").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def words(text):
    """The words of each sentence; what has a digit in it is a number of something and leaves a gap."""
    for sentence in re.split(r"[.!?]+\s|\n+", unicodedata.normalize("NFC", text.lower())):
        found = re.findall(r"[^\W_]+", re.sub(r"\S*\d\S*", " 0 ", sentence))
        yield [plain if re.fullmatch("[a-z]+", plain) else None for plain in map(folded, found)]


def forms(text):
    """The forms of a text: its words, their beginnings, and pairs of words."""
    found = set()
    for sentence in words(text):
        for word in filter(None, sentence):
            found.add(word)
            found.update(word[:length] + "*" for length in BEGINNINGS if len(word) > length)
        parts = [word and (word if len(word) <= PAIR else word[:PAIR] + "*") for word in sentence]
        found.update(f"{left} {right}" for left, right in zip(parts, parts[1:]) if left and right)
        for distance in range(1, WIDEST_GAP + 2):
            found.update(f"{left} .. {right}" for left, right in zip(parts, parts[distance:]) if left and right)
    return found


def wider(form):
    """The forms that stand wherever a form stands."""
    if " .. " in form:
        return
    if " " in form:
        yield form.replace(" ", " .. ", 1)
        return
    stem = form.rstrip("*")
    for length in reversed(BEGINNINGS):
        if len(stem) >= length and stem[:length] + "*" != form:
            yield stem[:length] + "*"


def without_doubles(messages_of):
    """The forms that say something of their own, each with the messages that have it."""
    kept = dict(messages_of)
    for form in sorted(messages_of, key=lambda form: (-len(form), form)):
        own = len(messages_of[form])
        if any(own >= SAME * len(messages_of[other]) for other in wider(form) if other in kept):
            del kept[form]
    return kept


def shares(points):
    weights = np.exp(points - points.max(1, keepdims=True))
    return weights / weights.sum(1, keepdims=True)


def fitted(messages, labels, rounds, before=0):
    """Points of the forms that make the labels likeliest, beside those known before."""
    shape = messages.shape[1], labels.shape[1]

    def loss(values):
        points = values.reshape(shape)
        likely = shares(messages @ points + before)
        slope = messages.T @ (likely - labels) + points
        return -(labels * np.log(likely + 1e-12)).sum() + 0.5 * (values**2).sum(), slope.ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return found.x.reshape(shape)


def incidence(messages_of, rows):
    """The forms in order, and for each message and form whether it stands there."""
    names = sorted(messages_of)
    pairs = sorted((row, place) for place, form in enumerate(names) for row in messages_of[form])
    places = tuple(zip(*pairs))
    return names, sparse.csr_matrix((np.ones(len(pairs)), places), shape=(rows, len(names)))


def hints(texts, intents):
    """For each intent its hints with their points."""
    messages_of = collections.defaultdict(set)
    for row, text in enumerate(texts):
        for form in forms(text):
            messages_of[form].add(row)
    kept = without_doubles(
        {form: rows for form, rows in messages_of.items() if len(rows) >= LEAST_MESSAGES}
    )
    names, stands = incidence(kept, len(texts))
    labels = np.zeros((len(texts), len(intents)))
    for row, named in enumerate(texts.values()):
        for intent in named:
            labels[row, intents.index(intent)] = 1 / len(named)
    weight = 1 / np.sqrt(np.asarray(stands.sum(1)).ravel() + 1)
    freedom = FREEDOM * np.log(len(texts) / np.array([len(kept[form]) for form in names]))[:, None]
    scaled = (sparse.diags(weight) @ stands @ sparse.diags(freedom[:, 0])).tocsr()
    points = freedom * fitted(scaled, labels, ROUNDS)
    # Only differences count: most intents get none.
    points -= np.median(points, axis=1, keepdims=True)
    points = np.where(np.abs(points) < LEAST_POINTS, 0, np.round(points, 1)).clip(-MOST_POINTS, MOST_POINTS)
    found = collections.defaultdict(dict)
    for place, intent in zip(*np.nonzero(points)):
        found[intents[intent]][names[place]] = points[place, intent]
    return found


def mapping(found, indent):
    """The hints as the lines of a YAML mapping, strongest first."""
    entries = [
        f"{word if plain(word) else repr(word)}:\u00a0{value:g}".replace(" ", "\u00a0")
        for word, value in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    lines = textwrap.wrap(
        "{" + ", ".join(entries) + "}",
        WIDTH - indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    # No line ends between a word and its points.
    return [" " * indent + line.replace("\u00a0", " ") for line in lines]


def write(bot, locale, part, found):
    """Writes a part of the hints of a language, and leaves the other as it is."""
    path = os.path.join(bot, "Hints", f"{locale}.yaml")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    parts = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            parts = {lines.split(":", 1)[0]: lines for lines in re.split(r"(?m)^(?=[a-z]+:)", file.read())[1:]}
    lines = [f"{part}:"]
    for name in sorted(found):
        lines += [f"  {name}:"] + mapping(found[name], 4)
    parts[part] = "\n".join(lines) + "\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write("# yaml-language-server: $schema=../Schemas/hints.schema.json\n")
        file.write("# What words and pairs of words say: fitted, see Scripts/hints.py and Scripts/policy-hints.py.\n")
        file.write(f"locale: {locale}\n")
        for name in ("intents", "policies"):
            file.write(parts.get(name, ""))


def plain(word):
    """Whether YAML reads a word as text without quotes."""
    return word not in RESERVED and word[0].isalpha()


def examples(path):
    """The examples of an intent, each with its language: they must be read as that intent."""
    with open(path, encoding="utf-8") as file:
        locales = yaml.safe_load(file).get("locales") or {}
    for locale, wording in locales.items():
        for text in wording.get("examples") or []:
            yield locale, text


def main():
    bot, files = sys.argv[1], sys.argv[2:]
    paths = sorted(glob.glob(os.path.join(bot, "Intents", "*.yaml")))
    intents = [os.path.basename(path)[: -len(".yaml")] for path in paths]
    texts = collections.defaultdict(dict)
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                message = json.loads(line)
                named = [intent for intent in message["intents"] if intent in intents]
                if named:
                    texts[message["locale"]][message["text"]] = named
    for path, intent in zip(paths, intents):
        for locale, text in examples(path):
            # A language without messages keeps its hints.
            if locale in texts:
                texts[locale][text] = [intent]
    for locale in sorted(texts):
        found = hints(texts[locale], intents)
        write(bot, locale, "intents", found)
        size = sum(map(len, found.values()))
        print(f"{locale}: {len(texts[locale])} messages, {size} hints", file=sys.stderr)


if __name__ == "__main__":
    main()
