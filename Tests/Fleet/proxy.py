"""A TCP proxy between a replica and an engine, or between two nodes of etcd, that breaks connections as networks do.

All links run in one thread with an separate event loop, so that they go on while a fault or a reader blocks.
"""

import asyncio
import contextlib
import re
import socket
import struct
import threading
import time

CHUNK = 64 * 1024
HEAD_END = b"\r\n\r\n"


class Network:
    """The thread of the links."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.links = []
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, coroutine):
        """Runs a coroutine in the thread, and returns its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout=30)

    def link(self, name, port, is_counted=False):
        """Makes a link to a port of this machine."""
        link = Link(self, name, ("127.0.0.1", port), is_counted)
        self.run(link.start())
        self.links.append(link)
        return link

    def stop(self):
        async def end():
            for link in self.links:
                link.server.close()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self.run(end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


class Rules:
    """The faults of a link; without any it passes bytes on unchanged."""

    def __init__(self):
        # Every connection is reset.
        self.is_cut = False
        # Directions whose bytes disappear: "up" to the engine, "down" to the client.
        self.holes = frozenset()
        # Seconds that every chunk waits.
        self.delay = 0.0
        # Bytes a second to the client; 0 is without limit.
        self.rate = 0
        # The number of bytes of a connection to the client after which it is closed; 0 is without limit.
        self.truncation = 0
        # Returns the response to a request's head as bytes or as an iterator of them; None passes the request on.
        self.responder = None


class Link:
    """A listening port whose connections lead to one engine."""

    def __init__(self, network, name, target, is_counted):
        self.network, self.name, self.target, self.is_counted = network, name, target, is_counted
        self.rules = Rules()
        # Rules for the connections of one node of etcd, by its member id.
        self.rules_by_sender = {}
        # The times at which connections came.
        self.attempts = []
        self.port = None
        self.server = None
        self.writers = set()

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, limit=CHUNK, backlog=1024)
        self.port = self.server.sockets[0].getsockname()[1]

    def reset(self):
        """Resets every open connection."""
        self.network.loop.call_soon_threadsafe(lambda: [abort(writer) for writer in list(self.writers)])

    def change(self, **rules):
        """Sets faults; connections of the time before are reset where the new fault has to see their start."""
        for name, value in rules.items():
            assert hasattr(self.rules, name), name
            setattr(self.rules, name, value)
        if {"is_cut", "responder", "truncation"} & set(rules):
            self.reset()

    def heal(self):
        """Removes every fault. Connections that lost bytes, or that wait in a responder, are reset."""
        rules, self.rules = self.rules, Rules()
        lost = any(each.holes for each in self.rules_by_sender.values())
        self.rules_by_sender = {}
        if rules.holes or rules.responder or rules.truncation or rules.rate or lost:
            self.reset()

    def rules_for(self, sender):
        return self.rules_by_sender.get(sender, self.rules)

    async def serve(self, reader, writer):
        if self.is_counted:
            self.attempts.append(time.time())
        self.writers.add(writer)
        upstream = None
        try:
            if self.rules.is_cut:
                return
            if self.rules.responder:
                upstream = await self.respond(reader, writer)
                if upstream is None:
                    return
                head = b""
            else:
                upstream = await asyncio.open_connection(*self.target)
                head = None
            self.writers.add(upstream[1])
            state = {"sender": None}
            tasks = [
                asyncio.ensure_future(self.pump(reader, upstream[1], "up", state, head is None)),
                asyncio.ensure_future(self.pump(upstream[0], writer, "down", state, False)),
            ]
            try:
                # A connection ends when its engine ends it, or when a side breaks.
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            for each in (writer, upstream and upstream[1]):
                if each:
                    self.writers.discard(each)
                    with contextlib.suppress(OSError, RuntimeError):
                        each.close()

    async def pump(self, reader, writer, direction, state, looks):
        """Passes bytes in one direction until its end, under the rules of the moment."""
        passed = 0
        while data := await reader.read(CHUNK):
            if looks and state["sender"] is None:
                found = re.search(rb"(?i)\r\nX-Server-From: ([0-9a-f]+)", data)
                state["sender"] = found[1].decode() if found else ""
            rules = self.rules_for(state["sender"])
            if rules.delay:
                await asyncio.sleep(rules.delay)
            if rules.is_cut:
                abort(writer)
                return
            if direction in rules.holes:
                continue
            if direction == "down" and rules.truncation:
                data = data[:max(rules.truncation - passed, 0)]
            passed += len(data)
            if direction == "down" and rules.rate:
                await self.trickle(writer, data, rules)
            else:
                writer.write(data)
                await writer.drain()
            if direction == "down" and rules.truncation and passed >= rules.truncation:
                return

    async def trickle(self, writer, data, rules):
        """Writes bytes slowly: a tenth of a second's worth at a time, or single bytes when fewer than ten are due."""
        step = max(rules.rate // 10, 1)
        for start in range(0, len(data), step):
            piece = data[start:start + step]
            writer.write(piece)
            await writer.drain()
            # A link that healed in between passes the rest immediately.
            if self.rules is rules:
                await asyncio.sleep(len(piece) / rules.rate)

    async def respond(self, reader, writer):
        """Answers the first request of a connection, or returns a connection to the engine to which it was passed on."""
        head = await reader.readuntil(HEAD_END)
        answer = self.rules.responder(head) if self.rules.responder else None
        if answer is None:
            lines = [line for line in head.rstrip().split(b"\r\n") if not line.lower().startswith(b"connection:")]
            upstream = await asyncio.open_connection(*self.target)
            # The engine closes the connection after its response, so that the next request is seen as well.
            upstream[1].write(b"\r\n".join([*lines, b"Connection: close"]) + HEAD_END)
            return upstream
        for piece in [answer] if isinstance(answer, bytes) else answer:
            writer.write(piece)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        # The client closes when it has read the response; a reset before that would discard it.
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(reader.read(), 2)
        return None


def abort(writer):
    """Ends a connection with a reset instead of an orderly close."""
    with contextlib.suppress(OSError, AttributeError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
