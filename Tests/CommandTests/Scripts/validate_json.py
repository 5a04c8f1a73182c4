"""Validates answers in JSON and JSON lines against the schemas of Sources/Reports/Schemas.

Usage: validate_json.py SCHEMAS FOLDER

FOLDER holds answers whose file names end in the name of their schema: 3.assay.check.1.json, or with
the ending .jsonl for JSON lines, each line of which is a $defs/record of the schema. Prints a line
for each mistake, and ends with 1 if there is one, with 3 where the module jsonschema is missing.
"""

import json
import pathlib
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit(3)


def validators(folder):
    """The validators of each schema, by its name: of the object, and of a line."""
    found = {}
    for path in pathlib.Path(folder).glob("*.json"):
        schema = json.loads(path.read_text())
        Draft202012Validator.check_schema(schema)
        line = None
        if "record" in schema.get("$defs", {}):
            line = {"$ref": "#/$defs/record", "$defs": schema["$defs"]}
        found[path.stem] = (
            Draft202012Validator(schema),
            line and Draft202012Validator(line),
        )
    return found


def mistakes(validator, value):
    """The first mistakes of a value, with their places."""
    for error in list(validator.iter_errors(value))[:3]:
        place = "/".join(str(step) for step in error.absolute_path)
        yield f"at {place or 'the root'}: {error.message[:200]}"


def main(schemas, folder):
    known = validators(schemas)
    count = 0
    for path in sorted(pathlib.Path(folder).iterdir()):
        whole, line = known[path.stem.split(".", 1)[1]]
        text = path.read_text()
        if path.suffix == ".jsonl":
            found = [
                m for part in text.splitlines() for m in mistakes(line, json.loads(part))
            ]
        else:
            found = list(mistakes(whole, json.loads(text)))
        for mistake in found[:3]:
            print(f"{path.name} {mistake}")
        count += len(found)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
