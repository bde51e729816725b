"""Requests to many replicas from one thread, to see when each serves another registry."""

import http.client
import re
import selectors
import socket
import time

from follower import TOKEN


def request(target):
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode()


# One record is enough: the digest of the registry is a field of every response.
REQUEST = request("/api/v1/ai-providers?limit=1")


class Watched:
    """A replica's stream of changes, and a kept connection for the request after each.

    A request without a pause would take the processor from the replicas that it waits for.
    """

    def __init__(self, port):
        self.port = port
        self.stream, self.requests = self.connect(), self.connect()
        self.stream.sendall(request("/api/v1/events"))
        # A part of a response; whether one is due; and whether another request is due after it.
        self.received, self.is_asked, self.is_changed = b"", False, False

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def close(self):
        self.stream.close()
        self.requests.close()

    def ask(self):
        """Sends a request, now or after the response that is due."""
        self.is_changed = self.is_asked
        if not self.is_asked:
            self.is_asked = True
            self.requests.sendall(REQUEST)

    def digest(self):
        """Reads, and returns the digest in a response and whether it is a failure; None for a part of a response."""
        self.received += self.requests.recv(65536)
        head, separator, body = self.received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\nContent-Length: (\d+)", head)
        if not separator or (length and len(body) < int(length[1])):
            return None
        self.received, self.is_asked = b"", False
        found = re.search(rb"(?i)\r\nRoster-Digest: (\S+)", head)
        return found[1].decode() if found else "", not head.startswith(b"HTTP/1.1 200")


class Probe:
    """The watched replicas of a fleet."""

    def __init__(self, replicas):
        self.replicas = {}
        for replica in replicas:
            # Without a registry, no token is known.
            first_answer(replica, time.time(), 120)
            self.replicas[replica.name] = Watched(replica.port)
        self.selector = selectors.DefaultSelector()
        for name, replica in self.replicas.items():
            self.selector.register(replica.stream, selectors.EVENT_READ, (name, True))
            self.selector.register(replica.requests, selectors.EVENT_READ, (name, False))
        # How many responses were not 200.
        self.failures = 0

    def close(self):
        self.selector.close()
        for replica in self.replicas.values():
            replica.close()

    def wait(self, digest, seconds):
        """Waits until all replicas serve a digest, and returns the time at which each first did."""
        served = {}
        for replica in self.replicas.values():
            replica.ask()
        end = time.monotonic() + seconds
        while len(served) < len(self.replicas):
            if time.monotonic() > end:
                missing = sorted(self.replicas.keys() - served.keys())
                raise TimeoutError(f"{missing} do not serve {digest} after {seconds} seconds")
            for key, _ in self.selector.select(1):
                name, is_stream = key.data
                replica = self.replicas[name]
                if is_stream:
                    if not replica.stream.recv(65536):
                        raise TimeoutError(f"{name} ended its stream of changes")
                    replica.ask()
                elif (answer := replica.digest()) is not None:
                    self.failures += answer[1]
                    if answer[0] == digest:
                        served.setdefault(name, time.time())
                    elif replica.is_changed:
                        replica.ask()
        return served


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
