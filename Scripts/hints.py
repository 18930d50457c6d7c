#!/usr/bin/env python3
"""Fits the hints of a bot's intents: many keywords of small points in each language.

Concepts say what a message certainly means. Hints gather what single words say beside them: 'two'
proves nothing, and yet speaks for a missing item rather than for a refund. They are fitted to labelled
messages, language by language, by multinomial logistic regression over words and beginnings of words
(the prior is zero points with a variance of one). Of a word and a beginning that stand in the same messages
one is fitted. Those that say most are kept and fitted again, and three fifths of their points are written,
because concepts know the same words too. The intents' own examples are fitted with them.

    Scripts/hints.py BOT 5000 Tests/Fixtures/messages/development.*.jsonl

replaces the hints in BOT/Intents by at most 5000 a language. Judge the result
by messages that were not among these. It needs numpy, scipy and PyYAML.
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

LEAST_MESSAGES = 4
BEGINNINGS = (4, 5, 6, 7)
SHARE = 0.6
# From which share of a beginning's messages on a longer form says the same.
SAME = 0.9
MOST_POINTS = 1.9
WIDTH = 118
RESERVED = {"on", "off", "yes", "no", "y", "n", "true", "false", "null"}


def folded(word):
    plain = word.replace("ł", "l").replace("ß", "ss").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def forms(text):
    """The words of a text and their beginnings, each folded and as it was written.

    What stands in one piece with a digit is a number of something, not a word.
    """
    plain_text = re.sub(r"\S*\d\S*", " ", unicodedata.normalize("NFC", text.lower()))
    for word in re.findall(r"[^\W\d_]+", plain_text):
        plain = folded(word)
        if not re.fullmatch("[a-z]{2,}", plain):
            continue
        yield plain, word
        for length in BEGINNINGS:
            if len(plain) > length and len(plain) == len(word):
                yield plain[:length] + "*", word[:length] + "*"


def without_doubles(messages_of):
    """The forms that say something of their own, each with the messages that have it."""
    kept = dict(messages_of)
    for form in sorted(messages_of, key=lambda form: (-len(form), form)):
        stem = form.rstrip("*")
        for length in reversed(BEGINNINGS):
            beginning = stem[:length] + "*"
            if len(stem) < length or beginning == form or beginning not in kept:
                continue
            if len(messages_of[form]) >= SAME * len(messages_of[beginning]):
                del kept[form]
                break
    return kept


def shares(points):
    weights = np.exp(points - points.max(1, keepdims=True))
    return weights / weights.sum(1, keepdims=True)


def fitted(messages, labels, mask, start, rounds, before=0):
    """Points of the masked forms that make the labels likeliest, beside those known before."""

    def loss(values):
        points = np.zeros(mask.shape)
        points[mask] = values
        likely = shares(messages @ points + before)
        slope = (messages.T @ (likely - labels) + points)[mask]
        return -(labels * np.log(likely + 1e-12)).sum() + 0.5 * (values**2).sum(), slope

    points = np.zeros(mask.shape)
    points[mask] = minimize(
        loss, start[mask], jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    ).x
    return points


def incidence(messages_of, rows):
    """The forms in order, and for each message and form whether it stands there."""
    names = sorted(messages_of)
    pairs = sorted((row, place) for place, form in enumerate(names) for row in messages_of[form])
    places = tuple(zip(*pairs))
    return names, sparse.csr_matrix((np.ones(len(pairs)), places), shape=(rows, len(names)))


def strongest(points, counts, most):
    """Where the points are that say most, with how many messages they speak about."""
    weight = np.abs(points) * np.sqrt(counts)[:, None]
    return weight >= np.sort(weight.ravel())[-min(most, weight.size)]


def hints(texts, intents, most):
    """For each intent its hints as they are written, with their points."""
    spellings = collections.defaultdict(collections.Counter)
    messages_of = collections.defaultdict(set)
    for row, text in enumerate(texts):
        for plain, written in forms(text):
            messages_of[plain].add(row)
            spellings[plain][written] += 1
    kept = without_doubles(
        {form: rows for form, rows in messages_of.items() if len(rows) >= LEAST_MESSAGES}
    )
    names, messages = incidence(kept, len(texts))
    counts = [len(kept[form]) for form in names]
    labels = np.zeros((len(texts), len(intents)))
    for row, named in enumerate(texts.values()):
        for intent in named:
            labels[row, intents.index(intent)] = 1 / len(named)
    everything = np.ones((len(names), len(intents)), bool)
    points = fitted(messages, labels, everything, np.zeros(everything.shape), 30)
    mask = strongest(points, counts, most)
    points = np.round(SHARE * fitted(messages, labels, mask, points, 25), 1)
    points = points.clip(-MOST_POINTS, MOST_POINTS)
    found = collections.defaultdict(dict)
    for place, intent in zip(*np.nonzero(points)):
        written = min(spellings[names[place]].items(), key=lambda item: (-item[1], item[0]))[0]
        found[intents[intent]].setdefault(written, points[place, intent])
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


def plain(word):
    """Whether YAML reads a word as text without quotes."""
    return word not in RESERVED and not word[0].isdigit()


def block(found):
    """The hints of a language of an intent."""
    return ["    hints:"] + mapping(found, 6)


def without_hints(lines):
    """A language's lines less its hints."""
    kept, inside = [], False
    for line in lines:
        inside = line == "    hints:" or inside and line.startswith("      ")
        if not inside:
            kept.append(line)
    return kept


def rewritten(text, found):
    """An intent's file with the hints of each language at the language's end."""
    head, locales, rest = re.match(r"(.*?\nlocales:\n)((?:  [^\n]*\n|\n)*)(.*)", text, re.S).groups()
    # Blank lines and remarks before the next key belong to it.
    end = re.search(r"\n*$", locales).group()
    parts = re.split(r"(?m)^(?=  [a-z]{2}:)", locales.rstrip("\n") + "\n")
    out = []
    for part in parts:
        named = re.match(r"  ([a-z]{2}):\n", part)
        lines = without_hints(part.rstrip("\n").split("\n"))
        words = found.get(named.group(1), {}) if named else {}
        if words:
            lines += block(words)
        out.append("\n".join(lines))
    return head + "\n".join(out).strip("\n") + end + rest


def examples(path):
    """The examples of an intent, each with its language: they must be read as that intent."""
    with open(path, encoding="utf-8") as file:
        locales = yaml.safe_load(file).get("locales") or {}
    for locale, wording in locales.items():
        for text in wording.get("examples") or []:
            yield locale, text


def main():
    bot, most, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
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
            texts[locale][text] = [intent]
    found = collections.defaultdict(dict)
    for locale in sorted(texts):
        for intent, words in hints(texts[locale], intents, most).items():
            found[intent][locale] = words
        print(f"{locale}: {len(texts[locale])} messages", file=sys.stderr)
    for path, intent in zip(paths, intents):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(rewritten(text, found[intent]))


if __name__ == "__main__":
    main()
