"""Clients that only watch a key of etcd, as many replicas would."""

import asyncio
import json
import threading

import machine
from engines import ETCD_PASSWORD, PREFIX, text64
from hostile import CHANNEL


class Stubs:
    """Watches through the JSON gateway, divided among the nodes; each counts the events that it gets."""

    def __init__(self, etcd, count):
        self.etcd, self.count = etcd, count
        self.events, self.created, self.tasks = 0, 0, []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        tokens = [
            self.etcd.post(number, "auth/authenticate", {"name": "fleet", "password": ETCD_PASSWORD}, None)["token"]
            for number in range(3)
        ]
        for number in range(self.count):
            self.loop.call_soon_threadsafe(self.begin, number % 3, tokens[number % 3])
        machine.until(lambda: self.created == self.count, 60, "all stubs watch")
        return self

    def begin(self, number, token):
        self.tasks.append(self.loop.create_task(self.watch(self.etcd.ports[number], token)))

    async def watch(self, port, token):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = json.dumps({"create_request": {"key": text64(f"{PREFIX}{CHANNEL}/manifest")}}).encode()
        writer.write(
            f"POST /v3/watch HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {token}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode() + body
        )
        while line := await reader.readline():
            self.created += b'"created":true' in line
            self.events += b'"events"' in line

    def __exit__(self, *problem):
        async def end():
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self.loop).result(timeout=30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
