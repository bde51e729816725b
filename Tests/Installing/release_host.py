"""A release host on loopback, and the archives that it serves."""

import functools
import hashlib
import http.server
import io
import os
import platform
import subprocess
import tarfile
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = f"linux-{platform.machine()}"


def built_program():
    """Returns the program to test: the one that ROSTER_PROGRAM names, or the debug build."""
    return Path(os.environ.get("ROSTER_PROGRAM") or ROOT / ".build/debug/roster")


@functools.cache
def stripped_program(path):
    """Returns the bytes of a program without debug information, which is most of a debug build."""
    with tempfile.TemporaryDirectory() as folder:
        stripped = Path(folder) / "roster"
        # A name in /dev would be removed: strip replaces the file that it writes to.
        run = subprocess.run(["strip", "--strip-all", "-o", stripped, path], capture_output=True)
        return (stripped if run.returncode == 0 else Path(path)).read_bytes()


def archive(version, program, platform_name=PLATFORM):
    """Returns an archive with the layout of a release."""
    folder = f"roster-{version}-{platform_name}"
    members = {
        "roster": (program, 0o755),
        "LICENSE": (b"A license.\n", 0o644),
        "man/man1/roster.1": (b".TH ROSTER 1\n", 0o644),
        "completions/bash/roster": (b"complete -F _roster roster\n", 0o644),
    }
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=1) as tar:
        for name, (contents, mode) in members.items():
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size, info.mode = len(contents), mode
            tar.addfile(info, io.BytesIO(contents))
    return data.getvalue()


def tracing_program(trace, version="1.2.3"):
    """Returns a program that creates a file when it is executed."""
    return f"#!/bin/sh\n: > '{trace}'\necho '{version} (commit 0000, build test)'\n".encode()


ATTACKS = ["a flipped bit", "a truncated file", "another file of the right size", "no sum for this architecture"]


class ReleaseHost:
    """Serves a folder of releases over HTTP, and records the requested paths."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.requests = []
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self):
                host.requests.append(self.path)
                super().do_GET()

            def log_message(self, *arguments):
                pass

        handler = functools.partial(Handler, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def publish(self, below, version, program, is_latest=True):
        """Publishes a release below a folder of the host, and returns the lines of SHA256SUMS."""
        data = archive(version, program)
        name = f"roster-{version}-{PLATFORM}.tar.gz"
        sums = f"{hashlib.sha256(data).hexdigest()}  {name}\n{'0' * 64}  roster-{version}-linux-other.tar.gz\n"
        # A host redirects `releases/latest/download` to the newest release.
        latest = "latest" if not below.endswith("/releases/download") else "../latest/download"
        for place in [f"v{version}", *([latest] if is_latest else [])]:
            folder = Path(os.path.normpath(self.folder / below / place))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            (folder / "SHA256SUMS").write_text(sums)
        return sums

    def attack(self, kind, folder, program):
        """Changes a published release; `program` is what another file of the right size contains."""
        folder = self.folder / folder
        (path,) = folder.glob("*.tar.gz")
        data = path.read_bytes()
        if kind == "a flipped bit":
            # In the header of gzip, which tar ignores: the archive still unpacks.
            path.write_bytes(data[:5] + bytes([data[5] ^ 1]) + data[6:])
        elif kind == "a truncated file":
            path.write_bytes(data[:-9])
        elif kind == "no sum for this architecture":
            path.with_name("SHA256SUMS").write_text(f"{'0' * 64}  {path.name.replace(PLATFORM, 'linux-other')}\n")
        elif kind == "another file of the right size":
            other = archive(path.name.split("-")[1], program)
            assert len(other) <= len(data)
            # gzip ignores zeros after its data.
            path.write_bytes(other + bytes(len(data) - len(other)))
        else:
            raise ValueError(kind)
