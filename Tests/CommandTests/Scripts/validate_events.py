"""Validates files of events against the schema of Events/.

Usage: validate_events.py SCHEMA FILE...

A .json file is one array of events, a .jsonl file has one on each line. Prints a line for each event
that is none, and ends with 1 if there is one.
"""

import json
import sys

from jsonschema import Draft202012Validator


def events(path):
    """The events of a file."""
    with open(path, encoding="utf-8") as file:
        if path.endswith(".jsonl"):
            return [json.loads(line) for line in file]
        return json.load(file)


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    count = 0
    for path in paths:
        for error in validator.iter_errors(events(path)):
            place = "/".join(str(step) for step in error.absolute_path)
            print(f"{path}: at {place}: {error.message[:200]}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
