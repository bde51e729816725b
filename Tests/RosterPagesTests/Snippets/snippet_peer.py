"""Parses snippets in their languages, and prints what they contain as JSON.

Standard input is a JSON object with lists of texts: `python`, `yaml` and `opencode`. A text in Python gives its
`default_headers` and the program without them; the others give their contents. opencode replaces references to
variables and files in the text before it parses it.
"""

import ast
import json
import re
import sys

import yaml


class Headers(ast.NodeTransformer):
    found = None

    def visit_keyword(self, node):
        if node.arg != "default_headers":
            return self.generic_visit(node)
        self.found = ast.literal_eval(node.value)
        return None


def read_python(text):
    headers = Headers()
    rest = headers.visit(ast.parse(text))
    return {"headers": headers.found or {}, "rest": ast.unparse(rest)}


def read_opencode(text):
    assert not re.search(r"\{file:", text)
    return json.loads(re.sub(r"\{env:([^}]+)\}", lambda match: f"<{match[1]}>", text))


texts = json.load(sys.stdin)
readers = {"python": read_python, "yaml": yaml.safe_load, "opencode": read_opencode}
print(json.dumps({kind: [read(text) for text in texts[kind]] for kind, read in readers.items()}))
