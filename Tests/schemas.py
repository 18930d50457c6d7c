#!/usr/bin/env python3
"""Holds every YAML file of a bot folder against its JSON Schema in Schemas/.

    Tests/schemas.py [FOLDER]        (the shipped bot by default)

Each fault is printed as 'file:line: path: what is wrong'; exit code 1 if there is one. For the shipped
bot it also checks that each file names its schema in its first line, that each key of a schema is
described, and that each fixed set of words is the program's own.

What only the program can know (does that queue exist, is that sentence understood) is for `odzew lint`.
"""

import collections
import json
import os
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as error:
    sys.exit(f"Tests/schemas.py: the Python package '{error.name}' is missing.\n"
             "Install both that it needs, for example:\n"
             "    python3 -m venv /tmp/schemas-venv\n"
             "    /tmp/schemas-venv/bin/pip install PyYAML jsonschema\n"
             "    /tmp/schemas-venv/bin/python Tests/schemas.py")

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "Schemas"

# Which schema is for which files of a bot folder.
KINDS = {
    "odzew.yaml": "odzew", "automatic.yaml": "automatic", "carriers.yaml": "carriers",
    "countries.yaml": "countries", "deadlines.yaml": "deadlines", "reasons.yaml": "reasons", "Intents/*.yaml": "intent",
    "Concepts/*.yaml": "concepts", "Hints/*.yaml": "hints", "Policies/*.yaml": "policy", "Adapters/*.yaml": "adapter",
    "Templates/*/days.yaml": "days", "Cases/**/*.yaml": "case",
}

# Which enumeration of the program a fixed set of words is: the definition and key of a schema, then
# the file below Sources/ and the name.
SETS = {
    "odzew escalations": "Dialogue/Escalation.swift Reason",
    "odzew assignment.priority": "Dialogue/Escalation.swift Priority",
    "odzew rule.action": "Policy/PolicyFinding.swift Action",
    "carriers number.check": "Understanding/CheckDigit.swift CheckDigit",
    "deadlines deadline.for": "Commerce/Deadline.swift Purpose",
    "intent needs": "Dialogue/AnswerTable.swift Need",
    "intent answer.do": "Dialogue/AnswerTable.swift Action",
    "intent answer.when": "Commerce/OrderState.swift OrderState",
    "intent answer.unless": "Commerce/OrderState.swift OrderState",
    "intent answer.priority": "Dialogue/Escalation.swift Priority",
    "policy rule.action": "Policy/PolicyFinding.swift Action",
    "policy rule.detectors": "Policy/Detector.swift Detector",
    "policy rule.blocks": "Policy/Detector.swift Detector",
    "policy rule.removes": "Policy/PolicyRule.swift Removal",
    "policy applies.kinds": "Commerce/Occasion.swift Kind",
    "policy applies.authors": "Commerce/Occasion.swift Author",
    "policy combination.within": "Policy/Combination.swift Distance",
    "policy context.condition": "Policy/ContextCondition.swift ContextCondition",
    "case notice": "Dialogue/Notice.swift Notice",
    "case step.notice": "Dialogue/Notice.swift Notice",
    "case step.agent": "Evaluation/CaseStep.swift AgentEvent",
    "case expectation.action": "Odzew/Response.swift Action",
}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML as editors do (the core schema of YAML 1.2): dates and 'yes' are texts, keys too."""

    yaml_implicit_resolvers = {}

    def mapping(self, node):
        result = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key.start_mark)
            if key.value in result:
                raise yaml.constructor.ConstructorError(
                    None, None, f"a key stands twice: '{key.value}'", key.start_mark)
            result[key.value] = self.construct_object(value, deep=True)
        return result


Loader.add_constructor("tag:yaml.org,2002:map", Loader.mapping)
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), None)
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"), None)
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def validators():
    """One for each kind of file, made of a schema that is itself valid."""
    result = {}
    for kind in KINDS.values():
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        result[kind] = jsonschema.Draft7Validator(schema)
    return result


def line(text, path):
    """The line on which the value at a path begins, or the last that is known on the way."""
    node = yaml.compose(text, Loader=Loader)
    for step in path:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode):
            found = node.value[step]
        if found is None:
            break
        node = found
    return node.start_mark.line + 1


def told(error):
    """Where a fault stands, and what it is; of several alternatives the one that was meant."""
    if error.context:
        alternatives = collections.defaultdict(list)
        for part in error.context:
            alternatives[part.relative_schema_path[0]].append(part)
        # The one that takes a value of this type was meant.
        meant = next((parts for parts in alternatives.values()
                      if not any(part.validator == "type" and not part.relative_path for part in parts)), None)
        for part in meant or next(iter(alternatives.values())):
            yield from told(part)
        return
    message = error.message if len(error.message) < 300 else error.message[:300] + " …"
    if error.validator in ("pattern", "required", "not"):
        message = error.schema.get("patternErrorMessage", error.schema.get("errorMessage", message))
    elif error.validator == "oneOf":
        message = error.validator_value[0].get("errorMessage", message)
    yield list(error.absolute_path), message


def faults(text, validator):
    """Everything that a schema finds wrong with a file, as (line, path, message)."""
    try:
        value = yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [(mark.line + 1 if mark else 1, [], f"not YAML: {getattr(error, 'problem', error)}")]
    found = [part for error in validator.iter_errors(value) for part in told(error)]
    return sorted(((line(text, path), path, message) for path, message in found), key=lambda part: part[0])


def shown(path):
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "the file"


def header(folder, file, kind):
    """The first line by which editors find the schema."""
    schema = os.path.relpath(SCHEMAS / f"{kind}.schema.json", file.parent)
    return f"# yaml-language-server: $schema={pathlib.PurePath(schema).as_posix()}\n"


def undescribed(schema):
    """Every key of a schema that says nothing about itself."""
    parts = [("", schema)] + [(f"{name}.", part) for name, part in schema.get("definitions", {}).items()]
    for name, part in parts:
        yield from keys_without_words(schema, name, part)


def keys_without_words(schema, name, part):
    if isinstance(part, list):
        for entry in part:
            yield from keys_without_words(schema, name, entry)
    if not isinstance(part, dict):
        return
    for key, value in part.get("properties", {}).items():
        target = value
        if "$ref" in value and "description" not in value:
            target = schema["definitions"][value["$ref"].split("/")[-1]]
        if not target.get("description"):
            yield name + key
        yield from keys_without_words(schema, f"{name}{key}.", value)
    for inner in ("items", "additionalProperties"):
        yield from keys_without_words(schema, name, part.get(inner))


def words_of(schema, place):
    """The fixed set of words at a place such as 'answer.when'."""
    part = schema
    for step in place.split("."):
        part = part["properties"][step] if step in part.get("properties", {}) else schema["definitions"][step]
    if "properties" in part and "enum" not in part:
        return set(part["properties"])
    for alternative in part.get("anyOf", []):
        if "enum" in alternative:
            part = alternative
    if len(part.get("enumDescriptions", part["enum"])) != len(part["enum"]):
        raise ValueError(f"{place}: as many words as descriptions")
    return set(part["enum"]) - {None}


def words_of_program(place):
    """The raw values of an enumeration in Swift."""
    file, name = place.split()
    text = (ROOT / "Sources" / file).read_text(encoding="utf-8")
    found = re.search(rf"^( *)(?:\w+ )*enum {name}: String.*?^\1\}}", text, re.MULTILINE | re.DOTALL)
    words = set()
    depth = len(found.group(1)) + 2
    for cases in re.findall(rf"^ {{{depth}}}case (.*)$", found.group(0), re.MULTILINE):
        for case in cases.split(","):
            name, _, raw = case.partition("=")
            words.add(raw.strip().strip('"') if raw else name.strip())
    return words


def main():
    folder = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    known = validators()
    results = collections.Counter()

    def note(problems):
        for problem in problems:
            print(problem)
        results["failed" if problems else "passed"] += 1

    files = [(file, kind) for pattern, kind in KINDS.items() for file in sorted(folder.glob(pattern))]
    if not files:
        sys.exit(f"Tests/schemas.py: there is no YAML file of a bot in '{folder}'")
    if folder == ROOT:
        files += [(file, "case") for file in sorted(ROOT.glob("Tests/Fixtures/conversations/*.yaml"))]
    for file, kind in files:
        name = file.relative_to(folder)
        text = file.read_text(encoding="utf-8")
        problems = [f"{name}:{place}: {shown(path)}: {message}" for place, path, message in faults(text, known[kind])]
        if folder == ROOT and name.parts[0] != "Tests" and not text.startswith(header(folder, file, kind)):
            problems.append(f"{name}:1: the first line must be '{header(folder, file, kind).strip()}'")
        note(problems)
    if folder == ROOT:
        for kind, validator in known.items():
            note([f"Schemas/{kind}.schema.json: '{key}' has no description" for key in undescribed(validator.schema)])
        for place, source in SETS.items():
            kind, key = place.split()
            ours, theirs = words_of(known[kind].schema, key), words_of_program(source)
            note([f"Schemas/{kind}.schema.json: '{key}' lacks '{word}' of Sources/{source}" for word in sorted(theirs - ours)]
                 + [f"Schemas/{kind}.schema.json: '{key}' has '{word}', which is not in Sources/{source}"
                    for word in sorted(ours - theirs)])
    print(f"{results['passed']} passed, {results['failed']} failed")
    sys.exit(1 if results["failed"] else 0)


if __name__ == "__main__":
    main()
