"""Reads exports as their consumers do, and prints what they contain as JSON.

Usage: export_peer.py FORMAT, with the export on standard input:
    yaml      a list of the documents, as PyYAML reads them; that libyaml reads the same is checked
    json      the document
    dotenv    the variables, as python-dotenv reads them
    opencode  the document after opencode's substitution of {env:NAME} by the name in angle brackets
"""

import io
import json
import re
import sys

text = sys.stdin.buffer.read().decode()


def yaml_documents():
    import yaml

    documents = list(yaml.safe_load_all(text))
    assert documents == list(yaml.load_all(text, yaml.CSafeLoader))
    return documents


def opencode():
    replaced = re.sub(r"\{env:([^}]+)\}", lambda match: f"<{match[1]}>", text)
    assert not re.search(r"\{file:", replaced)
    return json.loads(replaced)


def dotenv():
    from dotenv import dotenv_values

    return dotenv_values(stream=io.StringIO(text))


READERS = {"yaml": yaml_documents, "json": lambda: json.loads(text), "dotenv": dotenv, "opencode": opencode}
print(json.dumps(READERS[sys.argv[1]]()))
