"""Keeps many connections that send a byte per second, while others send requests as fast as possible.

Usage: slow_peer.py PORT CONNECTIONS DEADLINE. Fails when a slow connection is not answered with 408 and closed soon after
the deadline, or when the others wait much longer for their responses than without the slow ones.
"""

import http.client
import resource
import selectors
import socket
import statistics
import sys
import time

port, count, deadline = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, count + 200), limit))


def ask(client, times):
    """Returns the latency of each request, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.monotonic()
        client.request("GET", "/api/v1/ai-providers?limit=5")
        answer = client.getresponse()
        assert answer.status == 200 and len(answer.read()) > 100
        taken.append((time.monotonic() - start) * 1000)
    return taken


client = http.client.HTTPConnection("127.0.0.1", port)
alone = ask(client, 300)
text = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
selector = selectors.DefaultSelector()
begun, sent, answers = {}, {}, {}
for _ in range(count):
    slow = socket.create_connection(("127.0.0.1", port))
    slow.setblocking(False)
    begun[slow], sent[slow], answers[slow] = time.monotonic(), 0, b""
    selector.register(slow, selectors.EVENT_READ)
closed, together, next_byte = {}, [], time.monotonic()
while len(closed) < count:
    assert time.monotonic() < max(begun.values()) + deadline + 20, f"{len(closed)} of {count} closed"
    if time.monotonic() >= next_byte:
        next_byte += 1
        for slow in begun:
            if slow not in closed and not answers[slow]:
                slow.send(text[sent[slow] % len(text) :][:1])
                sent[slow] += 1
    together += ask(client, 20)
    for key, _ in selector.select(0):
        slow = key.fileobj
        piece = slow.recv(4096)
        answers[slow] += piece
        if not piece:
            closed[slow] = time.monotonic() - begun[slow]
            selector.unregister(slow)
            slow.close()
right = sum(answer.startswith(b"HTTP/1.1 408 ") for answer in answers.values())
early = sum(seconds < deadline for seconds in closed.values())
print(f"{right} closed with 408 after {min(closed.values()):.1f} to {max(closed.values()):.1f} s")
print(f"median {statistics.median(alone):.2f} ms alone, {statistics.median(together):.2f} ms beside them")
assert right == count and early == 0
# A time slice is some milliseconds. A server that waits for a slow client waits a second for its next byte.
assert statistics.median(together) < statistics.median(alone) * 5 + 20
assert statistics.quantiles(together, n=100)[98] < 900
