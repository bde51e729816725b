"""Fast requests to many replicas from one thread, to see when each serves another registry."""

import http.client
import re
import selectors
import socket
import time

import machine
from follower import TOKEN

# One record is enough: the digest of the registry is a field of every response.
REQUEST = (
    f"GET /api/v1/ai-providers?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
).encode()


class Probe:
    """A kept connection to each of some replicas."""

    def __init__(self, replicas):
        self.selector = selectors.DefaultSelector()
        self.sockets = {}
        # How many responses were not 200.
        self.failures = 0
        for replica in replicas:
            port = machine.until(replica.find_port, 60, f"{replica.name} listens")
            self.sockets[replica.name] = socket.create_connection(("127.0.0.1", port))
            self.sockets[replica.name].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.sockets[replica.name], selectors.EVENT_READ, replica.name)

    def close(self):
        for each in self.sockets.values():
            each.close()
        self.selector.close()

    def wait(self, digest, seconds):
        """Asks all replicas until each serves a digest, and returns the time at which each did."""
        served, received = {}, dict.fromkeys(self.sockets, b"")
        for each in self.sockets.values():
            each.sendall(REQUEST)
        end = time.monotonic() + seconds
        waiting = set(self.sockets)
        while waiting:
            if time.monotonic() > end:
                raise TimeoutError(f"{sorted(waiting)} do not serve {digest} after {seconds} seconds")
            for key, _ in self.selector.select(1):
                name = key.data
                received[name] += key.fileobj.recv(65536)
                if (found := self.digest(received[name])) is None:
                    continue
                received[name] = b""
                if found == digest:
                    served[name] = time.time()
                    waiting.discard(name)
                else:
                    key.fileobj.sendall(REQUEST)
        return served

    def digest(self, data):
        """Returns the digest in a whole response, or "" when it has none; None for a part of a response."""
        head, separator, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\nContent-Length: (\d+)", head)
        if not separator or (length and len(body) < int(length[1])):
            return None
        if not head.startswith(b"HTTP/1.1 200"):
            self.failures += 1
        found = re.search(rb"(?i)\r\nRoster-Digest: (\S+)", head)
        return found[1].decode() if found else ""


def first_answer(replica, start, seconds):
    """Returns the seconds from a start to the first response with a registry."""
    end = time.time() + seconds
    while time.time() < end:
        try:
            if port := replica.find_port():
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/api/v1/ai-providers?limit=1", headers={"Authorization": f"Bearer {TOKEN}"})
                answer = connection.getresponse()
                answer.read()
                connection.close()
                if answer.status == 200:
                    return time.time() - start
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.002)
    raise TimeoutError(f"{replica.name} does not serve {seconds} seconds after its start")
