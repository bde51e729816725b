"""Registries to publish: one that Roster compiled, with another generation in it each time."""

import hashlib
import subprocess
from pathlib import Path

import machine

MARK = b"generation-000000"


class Registries:
    """A compiled registry of some providers, closed to everyone without the token."""

    def __init__(self, folder, program, token, providers):
        self.folder = Path(folder) / "registries"
        source = self.folder / "source"
        (source / "providers/acme").mkdir(parents=True)
        digest = hashlib.blake2b(token.encode(), digest_size=32).hexdigest()
        (source / "roster.yaml").write_text(
            "roster: 1\nprojects:\n  acme: {id: proj_0000000000000001, name: Acme}\naccess:\n  policies:\n"
            '    all: [{effect: Allow, action: ["*"], resource: ["*"]}]\n  tokens:\n'
            f"    - {{id: key_all0000000000000, name: all, hash: {digest}, policies: [all]}}\n"
        )
        for number in range(providers):
            # One record changes, as in a usual commit.
            model = MARK.decode() if number == 0 else "llama3.2"
            (source / f"providers/acme/record-{number}.yaml").write_text(
                f"id: aip_{number:016d}\nname: record {number}\nprovider: ollama\ndefaultModel: {model}\n")
        compiled = self.folder / "compiled.json"
        command = [program, "compile", "--quiet", "--repo", source, "-o", compiled]
        subprocess.run(command, check=True, env=machine.PREPARED, stdin=subprocess.DEVNULL)
        self.text = compiled.read_bytes()
        assert self.text.count(MARK) == 1

    def write(self, generation):
        """Writes the registry of a generation, and returns its path and its digest."""
        text = self.text.replace(MARK, b"generation-%06d" % generation)
        path = self.folder / f"registry-{generation % 4}.json"
        path.write_bytes(text)
        return path, "sha256:" + hashlib.sha256(text).hexdigest()

    def opened(self, generation):
        """Returns a registry that everyone may read, which a closed server must not take."""
        text = self.text.replace(MARK, b"generation-%06d" % generation)
        return text[:text.index(b'"access"')] + b'"access": null\n}\n'
