"""Clients of `GET /api/v1/events`, directly and through nginx: curl, httpx-sse, and a browser's EventSource."""

import json
import queue
import re
import socket
import subprocess
import threading
import time
import unittest

import httpx
import httpx_sse
from browser import Browser
from served import ACME, ALL, EVENTS, LIST, ask, provider, roster_yaml, serving


class Curl:
    """`curl --no-buffer`, whose lines are received with their times."""

    def __init__(self, address, token, *options):
        command = ["curl", "--silent", "--no-buffer", "--insecure", "--dump-header", "-", "-H", f"Authorization: Bearer {token}"]
        self.process = subprocess.Popen([*command, *options, address + EVENTS], stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        # `--include` would delay the head until the first byte of the body.
        self.head = list(iter(self.line, ""))

    def read(self):
        for line in self.process.stdout:
            self.lines.put((time.monotonic(), line.rstrip("\r\n")))
        self.lines.put((time.monotonic(), None))

    def line(self, timeout=20):
        return self.lines.get(timeout=timeout)[1]

    def event(self, timeout=20):
        """Returns the data of the next event; the id is its digest."""
        lines, end = [], time.monotonic() + timeout
        while (line := self.line(max(0, end - time.monotonic()))) != "":
            if line != ":":
                lines.append(line)
        assert re.match(r"id: sha256:[0-9a-f]{64}$", lines[0]) and lines[1].startswith("data: "), lines
        data = json.loads(lines[1][6:])
        assert len(lines) == 2 and lines[0] == f"id: {data['digest']}", lines
        return data

    def has_nothing(self, seconds=0.5):
        time.sleep(seconds)
        return self.lines.empty()

    def close(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


class EventsTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        context = serving()
        cls.server, cls.nginx = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        cls.addresses = {"directly": cls.server.address, "through nginx": cls.nginx.address}
        # They listen for comments while the other tests run.
        cls.patient = {way: Curl(address, ALL) for way, address in cls.addresses.items()}
        cls.started = time.monotonic()
        cls.names = 0

    @classmethod
    def tearDownClass(cls):
        for curl in cls.patient.values():
            curl.close()

    def curl(self, *arguments):
        client = Curl(*arguments)
        self.addCleanup(client.close)
        return client

    def rename(self, project="acme"):
        """Changes a provider, and returns its new name."""
        type(self).names += 1
        name = f"Name {self.names}"
        number, file = (1, "acme/one") if project == "acme" else (2, "labs/two")
        self.server.write(f"providers/{file}.yaml", provider(number, name))
        return name

    def test_curl(self):
        for way, address in self.addresses.items():
            with self.subTest(way):
                listener = self.curl(address, ALL)
                head = "\n".join(listener.head).lower()
                self.assertIn("200", listener.head[0])
                self.assertIn("content-type: text/event-stream", head)
                self.assertRegex(head, "cache-control: .*no-store")
                self.assertNotIn("content-encoding", head)
                start = time.monotonic()
                self.rename()
                event = listener.event()
                self.assertLess(time.monotonic() - start, 5)
                self.assertEqual(event["type"], "registry-changed")
                digest = ask(address, LIST, ALL)[1]["Roster-Digest"]
                self.assertEqual((event["digest"], event["commit"]), (digest, None))
                self.assertTrue(listener.has_nothing(), "one event a change")

    def test_hidden_changes_cause_no_event(self):
        listeners = {way: self.curl(address, ACME) for way, address in self.addresses.items()}
        watcher = self.curl(self.server.address, ALL)
        self.rename()
        digests = {listener.event()["digest"] for listener in listeners.values()}
        self.assertEqual(len(digests), 1)
        watcher.event()
        self.rename("labs")
        self.assertNotIn(watcher.event()["digest"], digests)
        for way, listener in listeners.items():
            self.assertTrue(listener.has_nothing(), way)
        # The digest of what this token sees is still the same.
        (digest,) = digests
        again = self.curl(self.server.address, ACME, "-H", f"Last-Event-ID: {digest}")
        self.assertTrue(again.has_nothing())
        self.assertEqual(self.curl(self.server.address, ACME, "-H", "Last-Event-ID: x").event()["digest"], digest)

    def test_httpx_sse(self):
        for way, address in self.addresses.items():
            with self.subTest(way), httpx.Client(verify=False, timeout=20) as client:
                fields = {"Authorization": f"Bearer {ALL}"}
                with httpx_sse.connect_sse(client, "GET", address + EVENTS, headers=fields) as source:
                    events = source.iter_sse()
                    self.rename()
                    first = next(events)
                    self.assertEqual(first.event, "message")
                    self.assertEqual(first.json()["digest"], first.id)
                    self.rename()
                    second = next(events)
                    self.assertNotEqual(first.id, second.id)
                # What changes while no stream is open is reported by the next, once.
                self.rename()
                digest = self.wait_for_other_digest(second.id)
                with httpx_sse.connect_sse(
                    client, "GET", address + EVENTS, headers=fields | {"Last-Event-ID": second.id}
                ) as source:
                    self.assertEqual(next(source.iter_sse()).id, digest)

    def wait_for_other_digest(self, digest):
        for _ in range(1000):
            now = ask(self.server.address, LIST, ALL)[1]["Roster-Digest"]
            if now != digest:
                return now
            time.sleep(0.01)
        raise AssertionError("the change is not served")

    def test_browser(self):
        browser = Browser()
        self.addCleanup(browser.close)
        for way, address in self.addresses.items():
            with self.subTest(way):
                self.listen_in(browser, address, ALL)
        with serving(is_open=True) as (server, _):
            with self.subTest("an open registry"):
                self.listen_in(browser, server.address, None, server)

    def listen_in(self, browser, address, token, server=None):
        browser.open(address + "/livez", token)
        browser.run(
            f"""new Promise((resolve, reject) => {{
                window.received = []
                window.source = new EventSource("{EVENTS}")
                source.onopen = () => resolve(true)
                source.onerror = () => reject(new Error("error " + source.readyState))
                source.onmessage = event => {{
                    received.push([event.lastEventId, JSON.parse(event.data)])
                    if (window.heard) heard()
                }}
            }})"""
        )
        for count in (1, 2):
            if server:
                server.write("providers/acme/one.yaml", provider(1, f"Open {count}"))
            else:
                self.rename()
            browser.run(f"received.length >= {count} || new Promise(resolve => window.heard = resolve)")
        events = browser.run("received")
        self.assertEqual([identifier for identifier, _ in events], [data["digest"] for _, data in events])
        self.assertEqual(len({identifier for identifier, _ in events}), 2)
        browser.run("source.close()")

    def test_revoked_token_ends_the_stream(self):
        for way, address in self.addresses.items():
            with self.subTest(way):
                listener, other = self.curl(address, ACME), self.curl(address, ALL)
                self.server.write("roster.yaml", roster_yaml([("all", ALL)]))
                other.event()
                self.assertIsNone(listener.line())
                self.assertEqual(listener.process.wait(timeout=10), 0, "a stream that ends is complete")
                self.assertEqual(ask(address, EVENTS, ACME)[0], 401)
                self.server.write("roster.yaml", roster_yaml())
                other.event()

    def test_closed_clients_are_forgotten(self):
        before = self.server.connections()
        listeners = [self.curl(self.server.address, ALL) for _ in range(5)]
        self.assertGreaterEqual(self.server.connections(), before + 5)
        for listener in listeners:
            listener.close()
        for _ in range(100):
            if self.server.connections() <= before:
                return
            time.sleep(0.05)
        self.fail("connections of clients that closed are still open")

    def test_slow_client_gets_the_last_event(self):
        """Neither the server nor the system queues every event for a client that does not read."""
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            client.settimeout(10)
            client.connect(("127.0.0.1", self.server.port))
            client.sendall(f"GET {EVENTS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ALL}\r\n\r\n".encode())
            digest = ask(self.server.address, LIST, ALL)[1]["Roster-Digest"]
            changes = 200
            for _ in range(changes):
                self.rename()
                digest = self.wait_for_other_digest(digest)
            received = b""
            while f"id: {digest}\n".encode() not in received:
                piece = client.recv(1 << 16)
                self.assertTrue(piece, "the stream ended")
                received += piece
            self.assertLess(received.count(b"\nid: "), changes - 20)

    # The last test, since the others take some of the time.
    def test_zz_comments(self):
        for way, curl in self.patient.items():
            with self.subTest(way):
                while True:
                    when, line = curl.lines.get(timeout=20)
                    if line == ":":
                        break
                    self.assertRegex(line, "^(id: .*|data: .*|)$")
                self.assertAlmostEqual(when - self.started, 15, delta=1.5)


class StoppingTests(unittest.TestCase):
    def test_streams_end_with_the_server(self):
        with serving() as (server, nginx):
            listeners = [Curl(address, ALL) for address in (server.address, nginx.address) for _ in range(3)]
            code, seconds = server.stop()
            self.assertEqual(code, 0)
            self.assertLess(seconds, 10)
            for listener in listeners:
                self.assertIsNone(listener.line())
                self.assertEqual(listener.process.wait(timeout=10), 0)
                listener.close()


if __name__ == "__main__":
    unittest.main()
