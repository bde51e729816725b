"""Runs the program at its usual work under callgrind, and returns the executed instructions."""

import contextlib
import http.client
import itertools
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmark"))
from bench_http import TOKEN, free_port, make_repository  # noqa: E402

# Enough for everything that many files are treated with.
FILES = 600
CLIENTS, ROUNDS = 8, 10
API = "/api/v1/ai-providers"


def watch(program, example, scratch):
    """The addresses, in the program's file, of the instructions that ran."""
    # Valgrind does not read all of Swift's debugging information.
    stripped = scratch / "roster-stripped"
    subprocess.run(["strip", "--strip-debug", "-o", stripped, program], check=True)
    with tempfile.TemporaryDirectory(prefix="roster-release-") as name:
        folder = Path(name)
        numbers = itertools.count()

        def start(*arguments):
            tool = ["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--log-file={folder}/valgrind.log"]
            out = f"--callgrind-out-file={folder}/callgrind.{next(numbers)}"
            quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            return subprocess.Popen([*tool, out, stripped, *arguments], **quiet)

        repository = folder / "repository"
        make_repository(repository, FILES)
        for tree in (example, repository):
            for command in (["check"], ["compile", "-o", folder / "registry.json"]):
                if start(*command, "--repo", tree).wait():
                    sys.exit(f"release: {command[0]} failed in {tree}")
        serve(start, repository)
        addresses = set()
        for out in folder.glob("callgrind.*"):
            addresses |= executed(out, stripped)
    return addresses


def serve(start, repository):
    """Serves a repository, sends typical requests over several concurrent connections, and changes a file."""
    port = free_port()
    server = start("serve", "--repo", repository, "--port", str(port))
    try:
        provider = json.loads(wait_for(port))[0]["id"]
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda _: read(port, provider), range(CLIENTS)))
        with socket.create_connection(("127.0.0.1", port), 60) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nno field\r\n\r\n")
            while connection.recv(4096):
                pass
        file = next(path for path in repository.rglob("*.yaml") if provider in path.read_text())
        file.write_text(file.read_text() + "# Looked at again.\n")
        time.sleep(2)
        read(port, provider)
    finally:
        server.terminate()
        server.wait()


def wait_for(port):
    for _ in range(600):
        with contextlib.suppress(OSError):
            return ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), API)[0]
        time.sleep(0.1)
    sys.exit("release: the server does not answer")


def read(port, provider):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(ROUNDS):
        _, tag = ask(connection, f"{API}/{provider}")
        ask(connection, f"{API}/{provider}", {"If-None-Match": tag})
        ask(connection, f"{API}?limit=25&offset=0")
    for path in (API, f"{API}/none", "/health", "/status", "/metrics"):
        ask(connection, path)
    ask(connection, f"{API}/{provider}", {"Authorization": "Bearer none"})
    ask(connection, f"{API}/{provider}", method="PATCH", body='{"defaultModel": "another"}')


def ask(connection, path, fields=None, method="GET", body=None):
    """Sends one request and returns the body at any status, and its tag."""
    usual = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection.request(method, path, body, usual | (fields or {}))
    answer = connection.getresponse()
    return answer.read(), answer.headers["ETag"]


def executed(out, program):
    """The addresses that callgrind noted of one file: its positions are absolute (0x…), relative (+n, -n) or as before."""
    addresses, names, current, position = set(), {}, None, 0
    with open(out, errors="replace") as lines:
        for line in lines:
            if match := re.match(r"c?ob=\((\d+)\)(?: (.*))?", line):
                if match[2]:
                    names[match[1]] = match[2].strip()
                if line.startswith("ob="):
                    current = names[match[1]]
            elif match := re.match(r"(0x[0-9a-f]+|[+-]\d+) ", line):
                position = int(match[1], 16) if match[1][0] == "0" else position + int(match[1])
                if current == str(program):
                    addresses.add(position)
    return addresses
