"""A repository that roster serve serves, directly and through nginx with the configuration that Roster ships."""

import contextlib
import hashlib
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/RosterCommandsTests/Serve"))

import proxy_peer

PROGRAM = Path(os.environ.get("ROSTER_PROGRAM") or ROOT / ".build/debug/roster")
LIST = "/api/v1/ai-providers"
EVENTS = "/api/v1/events"
ITEM = LIST + "/aip_0000000000000001"
# A token that may do everything, and one that sees the project acme only.
ALL, ACME = ("sk_" + letter * 43 for letter in "ab")


def roster_yaml(tokens=(("all", ALL), ("acme", ACME))):
    entries = "".join(
        f"    - {{id: key_{name:0<16}, name: {name}, hash: {hashlib.blake2b(token.encode(), digest_size=32).hexdigest()},"
        f" policies: [{name}]}}\n"
        for name, token in tokens
    )
    return (
        "roster: 1\nprojects:\n  acme: {id: proj_0000000000000001, name: Acme}\n"
        "  labs: {id: proj_0000000000000002, name: Labs}\naccess:\n  policies:\n"
        '    all: [{effect: Allow, action: ["*"], resource: ["*"]}]\n'
        '    acme: [{effect: Allow, action: ["*"], resource: ["acme/*"]}]\n'
        "  tokens:\n" + entries
    )


def provider(number, name):
    return f"id: aip_{number:016d}\nname: {name}\nprovider: ollama\ndefaultModel: llama3.2\n"


class Server:
    """A running server, and the files that it serves."""

    def __init__(self, folder, is_open=False):
        self.repository = Path(folder) / "repository"
        text = roster_yaml()
        self.write("roster.yaml", text[:text.index("access:")] if is_open else text)
        self.write("providers/acme/one.yaml", provider(1, "One"))
        self.write("providers/labs/two.yaml", provider(2, "Two"))
        self.port = proxy_peer.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = open(Path(folder) / "log", "wb")
        command = [PROGRAM, "serve", "--repo", self.repository, "--port", str(self.port)]
        self.process = subprocess.Popen(command, stderr=self.log, stdin=subprocess.DEVNULL)
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.address + "/readyz", timeout=5).close()
                return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def write(self, path, text):
        """Writes a file as editors do, by renaming."""
        path = self.repository / path
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name("." + path.name)
        beside.write_text(text)
        beside.replace(path)

    def connections(self):
        """Returns the number of connections that are open besides the one of this request."""
        with urllib.request.urlopen(self.address + "/metrics", timeout=5) as answer:
            return int(re.search(r"(?m)^roster_http_connections (\d+)", answer.read().decode())[1]) - 1

    def stop(self):
        """Stops the server, and returns its exit code and the seconds that this takes."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30), time.monotonic() - start
        finally:
            self.process.kill()
            self.process.wait()
            self.log.close()


class Nginx:
    """nginx as the reverse proxy of a server."""

    def __init__(self, folder, server):
        self.folder = Path(folder) / "nginx"
        self.folder.mkdir()
        Path(folder).chmod(0o755)  # nginx' workers may be another user
        self.folder.chmod(0o755)
        port = proxy_peer.free_port()
        shipped = (ROOT / "deploy/nginx.conf").read_text()
        self.process = proxy_peer.start(self.folder, shipped, server.port, port)
        self.address = f"https://127.0.0.1:{port}"
        for _ in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()


@contextlib.contextmanager
def serving(is_open=False):
    """Serves a new repository: a server, and for a closed one nginx as its reverse proxy."""
    with tempfile.TemporaryDirectory(prefix="roster-listening-") as folder:
        server = Server(folder, is_open)
        nginx = None if is_open else Nginx(folder, server)
        try:
            yield server, nginx
        finally:
            if nginx:
                nginx.stop()
            if server.process.poll() is None:
                server.stop()


def ask(address, path, token=None, **fields):
    """Returns the status, the fields and the body of a response, and the seconds until it came."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    start = time.monotonic()
    request = urllib.request.Request(address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=90, context=context) as answer:
            return answer.status, answer.headers, answer.read(), time.monotonic() - start
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read(), time.monotonic() - start
