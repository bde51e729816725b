"""Validates YAML files with JSON Schemas, as an editor would.

Standard input: a JSON list of [schema file, YAML file]. Standard output: a JSON list, for each pair null when the file
is valid, else the error message of the validator.
"""

import json
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """Resolves plain scalars by the core schema of YAML 1.2, which PyYAML does not support."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
     list("-+0123456789.")),
]:
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)


def integer(loader, node):
    text = node.value
    for prefix, base in (("0o", 8), ("0x", 16)):
        if text.startswith(prefix):
            return int(text[2:], base)
    return int(text)


CoreLoader.add_constructor("tag:yaml.org,2002:int", integer)


def verdict(schema, path):
    with open(path, encoding="utf-8", newline="") as file:
        value = yaml.load(file, Loader=CoreLoader)
    validator = jsonschema.Draft7Validator(schema)
    error = next(iter(validator.iter_errors(value)), None)
    return error and f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300]


schemas = {}
result = []
for schema_path, path in json.load(sys.stdin):
    if schema_path not in schemas:
        with open(schema_path, encoding="utf-8") as file:
            schemas[schema_path] = json.load(file)
        jsonschema.Draft7Validator.check_schema(schemas[schema_path])
    result.append(verdict(schemas[schema_path], path))
json.dump(result, sys.stdout)
