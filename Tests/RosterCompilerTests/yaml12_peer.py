"""Reads documents with two readers of YAML 1.2 that share no code with libyaml, and compares the results.

Standard input: a line of JSON for each document, [text, value], where value is Roster's result. Standard output: a
line of JSON for each document that a reader rejects or reads differently, [line number from 0, reader, its result].

The readers are yaml12 (Rust, from saphyr) and libfyaml (C). Both resolve plain scalars by the core schema, with these
differences, which do not concern the syntax:

- libfyaml keeps a number as a text that starts with "+." or "-.", and reads a sign before 0x and 0o;
- yaml12 reads a number after two signs, and a sign after 0x and 0o.
"""

import json
import os
import re
import sys

import libfyaml
import yaml12


SIGNED_FRACTION = re.compile(r"[-+]\.[0-9]+(?:[eE][-+]?[0-9]+)?")
SIGNED_BASE = re.compile(r"([-+])0([xo])([0-9a-fA-F]+)")
SECOND_SIGN = re.compile(r"[-+]{2}[0-9.].*|[-+]?0[xo][-+].+")


def equal(found, expected):
    """Returns whether the value of a reader equals Roster's, except for the differences listed above."""
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and len(found) == len(expected)
            and all(map(equal, found.keys(), expected.keys()))
            and all(map(equal, found.values(), expected.values()))
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(map(equal, found, expected))
        )
    # Types are compared as well, so that 1, 1.0 and true differ.
    if type(found) is type(expected) and found == expected:
        return True
    if isinstance(expected, float) and isinstance(found, str) and SIGNED_FRACTION.fullmatch(found):
        return float(found) == expected
    if isinstance(expected, str) and isinstance(found, int) and (match := SIGNED_BASE.fullmatch(expected)):
        return found == int(match[1] + match[3], 16 if match[2] == "x" else 8)
    if isinstance(expected, str) and isinstance(found, (int, float)) and SECOND_SIGN.fullmatch(expected):
        return True
    return False


READERS = {
    "yaml12": yaml12.parse_yaml,
    "libfyaml": lambda text: libfyaml.loads(text).to_python(),
}

# libfyaml writes why it refuses to the standard error.
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
for number, line in enumerate(sys.stdin):
    text, expected = json.loads(line)
    for name, read in READERS.items():
        try:
            found = read(text)
        except Exception as error:
            found = "refused: " + str(error).splitlines()[0]
        else:
            if equal(found, expected):
                continue
            found = repr(found)
        print(json.dumps([number, name, found]))
