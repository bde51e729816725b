"""Tests of the OpenAPI document itself.

    python3 -m unittest discover --start-directory Tests/Clients
"""

import json
import unittest

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from served_example import openapi_document

METHODS = ["get", "head", "post", "patch", "delete"]


class Document(unittest.TestCase):
    """Every operation is described completely, and every example is one of its schema."""

    @classmethod
    def setUpClass(cls):
        cls.document = json.loads(openapi_document())
        cls.operations = [
            (f"{method.upper()} {path}", item[method])
            for path, item in cls.document["paths"].items() for method in METHODS if method in item
        ]

    def resolve(self, value):
        """Returns the value that a reference names."""
        while "$ref" in value:
            target = self.document
            for name in value["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            value = target
        return value

    def responses(self):
        """Yields the name, status and response of every operation."""
        for name, operation in self.operations:
            for status, response in operation["responses"].items():
                yield name, status, self.resolve(response)

    def check_example(self, media, what):
        """Checks the example of a body with its schema."""
        self.assertIn("example", media, what)
        schema = media["schema"] | {"components": self.document["components"]}
        errors = list(Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(
            media["example"]))
        self.assertEqual(errors, [], what)

    def test_is_valid(self):
        self.assertEqual(list(OpenAPIV31SpecValidator(self.document).iter_errors()), [])

    def test_has_every_route(self):
        self.assertEqual(
            sorted(self.document["paths"]),
            sorted([
                "/api/v1/ai-providers", "/api/v1/ai-providers/{aiProviderId}",
                "/api/v1/ai-providers/{project}/{handle}", "/api/v1/events", "/api/v1/projects",
                "/api/v1/projects/{handle}", "/v1/models", "/mcp", "/livez", "/healthz", "/readyz", "/status",
                "/metrics", "/openapi.json",
            ]),
        )
        self.assertTrue(self.document["servers"])
        self.assertEqual(self.document["components"]["securitySchemes"]["token"]["scheme"], "bearer")

    def test_describes_every_operation(self):
        names = [operation["operationId"] for _, operation in self.operations]
        self.assertEqual(len(names), len(set(names)))
        for name, operation in self.operations:
            self.assertTrue(operation["summary"] and operation["description"] and operation["tags"], name)
            needs_token = operation.get("security", self.document["security"]) != []
            self.assertEqual(needs_token, "401" in operation["responses"], name)

    def test_answers_have_examples(self):
        for name, status, response in self.responses():
            content = response.get("content", {})
            self.assertTrue(response["description"], name)
            if name.startswith("HEAD ") or status in ["202", "304"]:
                self.assertEqual(content, {}, f"{name} {status}")
            else:
                self.assertEqual(len(content), 1, f"{name} {status}")
            for media in content.values():
                self.check_example(media, f"{name} {status}")

    def test_bodies_have_one_media_type(self):
        for name, operation in self.operations:
            if "requestBody" in operation:
                self.assertEqual(list(operation["requestBody"]["content"]), ["application/json"], name)
                self.check_example(operation["requestBody"]["content"]["application/json"], name)
            else:
                self.assertNotIn(name.split()[0], ["POST", "PATCH"])

    def test_parameters_have_examples(self):
        for path, item in self.document["paths"].items():
            for parameter in item.get("parameters", []) + [
                parameter for method in METHODS if method in item for parameter in item[method].get("parameters", [])
            ]:
                self.assertTrue(parameter["description"], f"{path} {parameter['name']}")
                self.check_example(parameter, f"{path} {parameter['name']}")

    def test_answers_are_open_and_requests_are_closed(self):
        schemas = self.document["components"]["schemas"]
        closed = {name for name, schema in schemas.items() if schema.get("additionalProperties") is False}
        self.assertEqual(closed, {"AiProviderCreate", "AiProviderPatch"})
        for _, _, response in self.responses():
            for media in response.get("content", {}).values():
                self.check_open(media["schema"])

    def check_open(self, schema, seen=frozenset()):
        """Checks that an answer's schema, and all schemas in it, accept more members."""
        reference = schema.get("$ref")
        if reference in seen:
            return
        schema = self.resolve(schema)
        if "properties" in schema or schema.get("type") in ["object", ["object", "null"]]:
            self.assertEqual(schema.get("additionalProperties"), True, schema)
        parts = list(schema.get("properties", {}).values()) + schema.get("oneOf", [])
        for part in parts + ([schema["items"]] if "items" in schema else []):
            self.check_open(part, seen | {reference})


if __name__ == "__main__":
    unittest.main()
