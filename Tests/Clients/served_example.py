"""The example of this project, served with a token."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def built_program():
    """Returns the program to test: the one that ROSTER_PROGRAM names, or the debug build."""
    return Path(os.environ.get("ROSTER_PROGRAM") or ROOT / ".build/debug/roster")


def openapi_document():
    """Returns the OpenAPI document that the program prints."""
    return subprocess.run([built_program(), "openapi"], check=True, capture_output=True, text=True).stdout


class Server:
    """A server of a folder, on a free port."""

    def __init__(self, folder, *options):
        self.folder = Path(folder)
        self.log_path = self.folder.parent / (self.folder.name + ".log")
        self.log = open(self.log_path, "w+")
        self.process = subprocess.Popen(
            [built_program(), "serve", "--port", "0", *options], cwd=self.folder, stdin=subprocess.DEVNULL,
            stderr=self.log,
        )
        self.url = self._url()

    def _url(self):
        """Waits until the server listens, and returns its URL."""
        while True:
            text = self.log_path.read_text()
            if match := re.search(r"listening on (http://\S+)", text):
                return match[1]
            try:
                self.process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"the server ended: {self.log_path.read_text()}")

    def close(self):
        """Stops the server."""
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        self.log_path.unlink()


class ServedExample(Server):
    """A server of a copy of the example; `token` may do everything."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="roster-clients-"))
        for name in ["providers", "secrets"]:
            shutil.copytree(ROOT / name, self.folder / name)
        shutil.copy(ROOT / "roster.yaml", self.folder)
        self._run("policy", "create", "everything", "--allow", "*", "--resource", "*")
        self.token = self._run("token", "create", "--name", "clients", "--policy", "everything").strip()
        super().__init__(self.folder)

    def _run(self, *arguments):
        return subprocess.run(
            [built_program(), *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    def close(self):
        """Stops the server, and deletes its files."""
        super().close()
        shutil.rmtree(self.folder)
