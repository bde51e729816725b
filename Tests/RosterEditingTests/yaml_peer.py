"""Another reader of YAML, which shares no code with libyaml: PyYAML's own, with the core schema of YAML 1.2.

Usage: yaml_peer.py FOLDER. For every NAME.yaml there is an equivalent NAME.json; prints the number of pairs.
"""

import json
import os
import re
import sys

import yaml


class CoreLoader(yaml.SafeLoader):
    """Resolves plain scalars as section 10.3.2 of YAML 1.2 does."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def typed(value):
    """Returns a value with its types, so that 1, 1.0 and true differ."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


folder = sys.argv[1]
names = [name.removesuffix(".yaml") for name in os.listdir(folder) if name.endswith(".yaml")]
for name in names:
    with open(os.path.join(folder, name + ".yaml"), newline="", encoding="utf-8") as file:
        text = file.read()
    # As in YAML 1.1, it adds no line end to a block scalar that ends the file without one.
    text += "" if text.endswith("\n") else "\n"
    with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
        expected = json.load(file)
    found = yaml.load(text, Loader=CoreLoader)
    if typed(found) != typed(expected):
        sys.exit(f"{name}:\n{text}\nread as {found}\nand not  {expected}")
print(len(names))
