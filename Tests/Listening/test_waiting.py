"""Clients that wait for another response with `Prefer: wait`, directly and through nginx."""

import concurrent.futures
import subprocess
import time
import unittest

from served import ACME, ALL, ITEM, LIST, ask, provider, roster_yaml, serving


class WaitingTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        context = serving()
        cls.server, cls.nginx = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        cls.addresses = {"directly": cls.server.address, "through nginx": cls.nginx.address}
        cls.pool = concurrent.futures.ThreadPoolExecutor(32)
        cls.addClassCleanup(cls.pool.shutdown)
        cls.names = 0

    def rename(self, number=1, file="acme/one"):
        type(self).names += 1
        self.server.write(f"providers/{file}.yaml", provider(number, f"Name {self.names}"))
        return f"Name {self.names}"

    def wait(self, address, path, token=ALL, seconds=20, pause=0.5):
        """Starts a request that waits, and returns its future."""
        tag = ask(address, path, token)[1]["ETag"]
        future = self.pool.submit(ask, address, path, token, If_None_Match=tag, Prefer=f"wait={seconds}")
        time.sleep(pause)
        self.assertFalse(future.done(), "it waits")
        return future

    def test_answers_when_the_body_differs(self):
        for way, address in self.addresses.items():
            for path in (LIST, ITEM):
                with self.subTest(f"{path} {way}"):
                    future = self.wait(address, path)
                    name = self.rename()
                    status, fields, body, seconds = future.result(timeout=20)
                    self.assertEqual((status, fields["Preference-Applied"]), (200, "wait=20"))
                    self.assertIn(name.encode(), body)
                    self.assertLess(seconds, 10)

    def test_answers_304_at_the_end(self):
        futures = {way: self.wait(address, ITEM, seconds=3) for way, address in self.addresses.items()}
        # Of another record, and so no reason to answer.
        self.rename(2, "labs/two")
        for way, future in futures.items():
            with self.subTest(way):
                status, fields, _, seconds = future.result(timeout=20)
                self.assertEqual((status, fields["Preference-Applied"]), (304, "wait=3"))
                self.assertGreaterEqual(seconds, 3)
                self.assertLess(seconds, 5)

    def test_answers_as_the_token_is_revoked(self):
        futures = [self.wait(address, LIST, ACME) for address in self.addresses.values()]
        self.server.write("roster.yaml", roster_yaml([("all", ALL)]))
        self.addCleanup(self.server.write, "roster.yaml", roster_yaml())
        for future in futures:
            self.assertEqual(future.result(timeout=20)[0], 401)

    def test_curl(self):
        tag = ask(self.server.address, ITEM, ALL)[1]["ETag"]
        command = ["curl", "-s", "-i", "-H", f"Authorization: Bearer {ALL}", "-H", f"If-None-Match: {tag}"]
        waiting = subprocess.Popen(
            [*command, "-H", "Prefer: wait=20", self.server.address + ITEM], stdout=subprocess.PIPE, text=True
        )
        time.sleep(0.5)
        self.assertIsNone(waiting.poll())
        name = self.rename()
        output, _ = waiting.communicate(timeout=20)
        self.assertIn("Preference-Applied: wait=20", output)
        self.assertIn(name, output)

    def test_clients_that_close_are_forgotten(self):
        before = self.server.connections()
        tag = ask(self.server.address, ITEM, ALL)[1]["ETag"]
        command = ["curl", "-s", "-H", f"Authorization: Bearer {ALL}", "-H", f"If-None-Match: {tag}"]
        clients = [
            subprocess.Popen([*command, "-H", "Prefer: wait=60", self.server.address + ITEM]) for _ in range(5)
        ]
        while self.server.connections() < before + 5:
            time.sleep(0.05)
        for client in clients:
            client.kill()
            client.wait()
        for _ in range(100):
            if self.server.connections() <= before:
                return
            time.sleep(0.05)
        self.fail("connections of clients that closed are still open")


class StoppingTests(unittest.TestCase):
    def test_waiting_requests_are_answered_when_the_server_stops(self):
        with serving() as (server, nginx), concurrent.futures.ThreadPoolExecutor() as pool:
            tag = ask(server.address, ITEM, ALL)[1]["ETag"]
            futures = [
                pool.submit(ask, address, ITEM, ALL, If_None_Match=tag, Prefer="wait=60")
                for address in (server.address, nginx.address)
            ]
            time.sleep(0.5)
            code, seconds = server.stop()
            self.assertEqual(code, 0)
            self.assertLess(seconds, 10)
            self.assertEqual([future.result(timeout=10)[0] for future in futures], [304, 304])


if __name__ == "__main__":
    unittest.main()
