"""Validates an export with the schemas of its consumer, and prints the kinds of objects.

Usage: export_schema_peer.py kubernetes|opencode FIXTURES, with the export on standard input. Custom resources are
validated with custom-resources.json in FIXTURES; unknown members are errors, which Kubernetes would drop or refuse.
"""

import json
import re
import sys
from pathlib import Path

import jsonschema
import yaml

kind, fixtures = sys.argv[1], Path(sys.argv[2])
text = sys.stdin.buffer.read().decode()


def closed(schema):
    """Returns a schema in which objects have no unknown members."""
    if isinstance(schema, list):
        return [closed(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: closed(value) for name, value in schema.items()}
    if "properties" in schema and "type" in schema and "additionalProperties" not in schema:
        result["additionalProperties"] = False
    return result


def check_policy(spec):
    """The rules of BackendSecurityPolicy that its schema has as expressions."""
    fields = {"APIKey": "apiKey", "AWSCredentials": "awsCredentials", "AzureAPIKey": "azureAPIKey",
              "AnthropicAPIKey": "anthropicAPIKey"}
    assert set(spec) == {"targetRefs", "type", fields[spec["type"]]}, spec


if kind == "opencode":
    document = json.loads(text)
    jsonschema.validate(document, json.loads((fixtures / "opencode.schema.json").read_text()),
                        format_checker=jsonschema.FormatChecker())
    print(json.dumps(sorted(document["provider"])))
    sys.exit()

import kubernetes_validate

resources = json.loads((fixtures / "custom-resources.json").read_text())["kinds"]
names = set()
documents = list(yaml.load_all(text, yaml.CSafeLoader))
for document in documents:
    name = document["apiVersion"] + "/" + document["kind"]
    metadata = document["metadata"]
    assert (name, metadata["name"]) not in names, f"two objects {name} {metadata['name']}"
    names.add((name, metadata["name"]))
    assert re.fullmatch(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?", metadata["name"]) and len(metadata["name"]) <= 253
    assert set(metadata) <= {"name", "labels", "annotations"}
    if name in resources:
        schema = closed(resources[name]["schema"])
        schema["properties"]["metadata"] = {"type": "object"}
        jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
        if document["kind"] == "BackendSecurityPolicy":
            check_policy(document["spec"])
    else:
        kubernetes_validate.validate(document, "1.37", strict=True)
print(json.dumps([document["kind"] for document in documents]))
