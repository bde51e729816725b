"""Requests records and lists from a running roster serve concurrently, while its registry is swapped.

Every answer must be whole: status 200, its ETag the digest of its body, and the body one that a published registry has:
the registries take turns, and each gives every record the same generation, so that a list with two generations, or one
that no registry had, is a mistake. Connections are kept; an answer that does not come is one as well. At the end the
server is sent SIGTERM under load: what was under way must be answered, and the server end with 0.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = "/api/v1/ai-providers"


def write_repository(folder, records, generation):
    """Writes a repository whose records all name one generation, each file in the place of the one before."""
    (folder / "providers/acme").mkdir(parents=True, exist_ok=True)
    roster = "roster: 1\nprojects:\n  acme: {id: proj_V1StGXR8Z5jdHi6B, name: Acme}\n"
    files = {"roster.yaml": roster}
    for number in range(records):
        text = f"id: aip_{number:016d}\nname: record {number}\nprovider: ollama\n"
        files[f"providers/acme/record-{number}.yaml"] = text + f"defaultModel: generation-{generation}\n"
    for name, text in files.items():
        (folder / (name + ".new")).write_text(text)
        os.replace(folder / (name + ".new"), folder / name)


class Client:
    """One connection that asks for one thing after another, as soon as it has the answer."""

    def __init__(self, port, requests, number):
        self.requests, self.next, self.received = requests, number, b""
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.is_waiting = False

    def ask(self):
        self.socket.send(self.requests[self.next % len(self.requests)])
        self.next += 1
        self.is_waiting = True

    def answer(self):
        """The answer as head and body, once all of it is there; None before, and at the end b""."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            return b""
        self.received += piece
        head, separator, rest = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = int(re.search(rb"\r\nContent-Length: (\d+)", head).group(1))
        if len(rest) < length:
            return None
        assert len(rest) == length, "an answer to nothing"
        self.received, self.is_waiting = b"", False
        return head, rest


class Load:
    def __init__(self, arguments):
        self.arguments = arguments
        self.answers = 0
        self.digests = {}
        self.generations = collections.Counter()

    def look(self, head, body):
        """Checks a response against the expected ones; the same body with the same tag is checked a single time."""
        self.answers += 1
        assert head.startswith(b"HTTP/1.1 200 OK\r\n"), head
        tag = re.search(rb'\r\nETag: "sha256:([0-9a-f]{64})"', head).group(1).decode()
        assert hashlib.sha256(body).hexdigest() == tag, f"{tag} is not of its body"
        if tag not in self.digests:
            text = subprocess.run(["gzip", "-dc"], input=body, stdout=subprocess.PIPE, check=True).stdout \
                if b"\r\nContent-Encoding: gzip" in head else body
            value = json.loads(text)
            records = value if isinstance(value, list) else [value]
            models = {record["defaultModel"] for record in records}
            assert len(models) == 1, f"records of several registries: {models}"
            self.digests[tag] = models.pop()
        self.generations[self.digests[tag]] += 1

    def requests(self):
        """Records, lists and pages, plain and compressed."""
        records = self.arguments.records
        targets = [f"{LIST}/aip_{number:016d}" for number in range(records)]
        targets += [LIST, f"{LIST}?limit=5&offset=3", f"{LIST}?provider=ollama"] * (records // 6)
        lines = [f"GET {target} HTTP/1.1\r\nHost: localhost\r\n" for target in targets]
        lines += [line + "Accept-Encoding: gzip\r\n" for line in lines if LIST + " " in line]
        return [(line + "\r\n").encode() for line in lines]

    def run(self, port, swap, server):
        arguments = self.arguments
        requests = self.requests()
        clients = [Client(port, requests, number * 7) for number in range(arguments.connections)]
        selector = selectors.DefaultSelector()
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.ask()
        swaps, swapped, is_stopping, open_clients = 0, None, False, len(clients)
        start = last = time.monotonic()
        while open_clients:
            now = time.monotonic()
            assert now - last < 30, "no answer for 30 seconds"
            is_due = swaps < arguments.swaps and self.answers >= swaps * arguments.requests // arguments.swaps
            # Each is waited for, so that all of them are seen.
            if not is_stopping and is_due and self.is_published(swaps) and (swapped is None or swapped.done()):
                if swapped:
                    swapped.result()
                swaps += 1
                swapped = swap(swaps)
            assert now - start < arguments.deadline, f"{self.answers} answers and {swaps} swaps in time"
            if not is_stopping and self.answers >= arguments.requests and self.is_published(arguments.swaps):
                self.seconds = now - start
                is_stopping = True
                server.send_signal(signal.SIGTERM)
            for key, _ in selector.select(1):
                client, last = key.data, time.monotonic()
                answer = client.answer()
                if answer == b"":
                    assert is_stopping and not client.is_waiting and not client.received, "closed without an answer"
                    selector.unregister(client.socket)
                    open_clients -= 1
                elif answer is not None:
                    self.look(*answer)
                    if not re.search(rb"\r\nConnection: close", answer[0]):
                        client.ask()
        return swaps

    def is_published(self, swaps):
        """Returns whether the registry after this number of swaps is served."""
        return self.generations[f"generation-{swaps}"] > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    roster = str(ROOT / ".build/release/roster")
    parser.add_argument("--roster", default=roster, help="the program (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=1_000_000, help="at least so many (default: %(default)s)")
    parser.add_argument("--swaps", type=int, default=200, help="registries put in place (default: %(default)s)")
    parser.add_argument("--connections", type=int, default=32, help="kept connections (default: %(default)s)")
    parser.add_argument("--deadline", type=float, default=3_600, help="seconds for all of it (default: %(default)s)")
    parser.add_argument("--records", type=int, default=30, help="records of a registry (default: %(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        run(arguments, scratch)


def run(arguments, scratch):
    registries, served, log = [scratch / "a.json", scratch / "b.json"], scratch / "registry.json", scratch / "log"
    source = scratch / "repository"

    def compile_registry(generation):
        """Compiles the next registry next to the one that is served."""
        write_repository(source, arguments.records, generation)
        target = registries[generation % 2]
        subprocess.run([arguments.roster, "compile", "--quiet", "--repo", source, "-o", target], check=True)
        return target

    def put_in_place(generation):
        os.replace(compile_registry(generation), served)

    put_in_place(0)
    with open(log, "wb") as stream:
        command = [arguments.roster, "serve", "--port", "0", "--registry", str(served)]
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=stream)
    try:
        port = None
        for _ in range(3_000):
            if found := re.search(r"listening on http://127\.0\.0\.1:(\d+)", log.read_text()):
                port = int(found.group(1))
                break
            time.sleep(0.01)
        load = Load(arguments)
        # Concurrently with the load, not between its requests.
        with concurrent.futures.ThreadPoolExecutor(1) as swapper:
            swaps = load.run(port, lambda number: swapper.submit(put_in_place, number), server)
        code = server.wait(timeout=15)
        assert code == 0, f"the server ended with {code}"
        logged = sum(1 for line in log.open() if f" GET {LIST}" in line)
        assert logged == load.answers, f"{logged} of {load.answers} answers are in the log"
        rate = load.answers / load.seconds
        print(
            f"{load.answers} answers across {swaps} swaps in {load.seconds:.1f} s ({rate:.0f} a second), none wrong; "
            f"{len(load.generations)} registries were seen, {len(load.digests)} bodies; stopped under load with 0"
        )
    except BaseException:
        print(log.read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        if server.poll() is None:
            server.kill()


main()
