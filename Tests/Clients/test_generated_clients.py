"""Tests of the clients that generators make from the OpenAPI document: they are type-checked, and used with a server.

    python3 -m unittest discover --start-directory Tests/Clients
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from served_example import ServedExample, openapi_document

HERE = Path(__file__).resolve().parent


def tool(name):
    """Returns the path of a program of Tests/requirements.txt, or of scripts/install."""
    beside = Path(sys.executable).with_name(name)
    path = beside if beside.exists() else shutil.which(name)
    assert path, f"{name} is not installed: scripts/install tests"
    return path


class GeneratedClients(unittest.TestCase):
    """A client is generated, checked with its user's code, and run."""

    @classmethod
    def setUpClass(cls):
        cls.server = ServedExample()
        cls.addClassCleanup(cls.server.close)
        cls.folder = Path(tempfile.mkdtemp(prefix="roster-clients-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.document = cls.folder / "openapi.json"
        cls.document.write_text(openapi_document())

    def run_tool(self, *arguments):
        """Runs a program in the folder of the clients, and returns what it prints."""
        folder = str(self.folder)
        environment = os.environ | {"MYPYPATH": folder, "PYTHONPATH": folder, "NO_COLOR": "1", "NO_PROXY": "127.0.0.1"}
        run = subprocess.run(
            [str(argument) for argument in arguments], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=110,
        )
        self.assertEqual(run.returncode, 0, run.stdout)
        return run.stdout

    def check_types(self, *paths):
        """Runs mypy, which must find nothing."""
        self.run_tool(sys.executable, "-m", "mypy", "--strict", "--no-incremental", *paths)

    def use(self, program, *arguments):
        """Runs a user of a client against the server."""
        return self.run_tool(program, *arguments, self.server.url, self.server.token)

    def test_python_client(self):
        configuration = self.folder / "config.yaml"
        configuration.write_text("post_hooks: []\n")
        printed = self.run_tool(
            tool("openapi-python-client"), "generate", "--path", self.document, "--meta", "none",
            "--output-path", self.folder / "roster_client", "--config", configuration, "--fail-on-warning",
        )
        self.assertNotIn("arning", printed)
        user = HERE / "use_python_client.py"
        self.check_types(self.folder / "roster_client", user)
        self.assertIn("the Python client works", self.use(sys.executable, user))

    def test_models(self):
        models = self.folder / "roster_models.py"
        self.run_tool(
            tool("datamodel-codegen"), "--input", self.document, "--input-file-type", "openapi", "--output", models,
            "--output-model-type", "pydantic_v2.BaseModel", "--use-annotated", "--formatters", "builtin",
        )
        user = HERE / "use_models.py"
        self.check_types(models, user)
        self.assertIn("the models work", self.use(sys.executable, user))

    def test_typescript_client(self):
        sources = self.folder / "typescript"
        sources.mkdir()
        printed = self.run_tool(
            tool("openapi-generator-cli"), "generate", "--input-spec", self.document, "--generator-name",
            "typescript-fetch", "--output", sources / "generated",
            # The runtime checks need TypeScript 4.9, which Debian 12 does not have.
            "--additional-properties", "supportsES6=true,withoutRuntimeChecks=true",
        )
        self.assertNotIn("ERROR", printed)
        shutil.copy(HERE / "use_client.ts", sources)
        self.run_tool(
            tool("tsc"), "--strict", "--target", "es2021", "--module", "commonjs", "--lib", "es2021,dom",
            "--outDir", self.folder / "javascript", sources / "use_client.ts",
        )
        printed = self.use(tool("node"), self.folder / "javascript/use_client.js")
        self.assertIn("the TypeScript client works", printed)


if __name__ == "__main__":
    unittest.main()
