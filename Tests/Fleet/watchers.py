"""Clients that only watch a key of etcd, as many replicas would, in a separate process."""

import json
import select
import socket
import subprocess
import sys
import time

from engines import ETCD_PASSWORD, PREFIX, text64
from hostile import CHANNEL


class Stubs:
    """Watches through the JSON gateway, divided among the nodes."""

    def __init__(self, etcd, count):
        self.etcd, self.count = etcd, count
        # How many events all of them got, after the end.
        self.events = None

    def __enter__(self):
        tokens = [
            self.etcd.post(number, "auth/authenticate", {"name": "fleet", "password": ETCD_PASSWORD}, None)["token"]
            for number in range(3)
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-B", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        print(json.dumps([self.count, self.etcd.ports, tokens]), file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "all stubs watch\n"
        return self

    def __exit__(self, *problem):
        # It ends with its standard input.
        self.events = int(self.process.communicate()[0])


def main():
    count, ports, tokens = json.loads(sys.stdin.readline())
    body = json.dumps({"create_request": {"key": text64(f"{PREFIX}{CHANNEL}/manifest")}})
    poll, sockets = select.epoll(), {}
    for number in range(count):
        connection = socket.create_connection(("127.0.0.1", ports[number % 3]))
        connection.sendall(
            f"POST /v3/watch HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {tokens[number % 3]}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        sockets[connection.fileno()] = connection
        poll.register(connection, select.EPOLLIN)
    poll.register(sys.stdin, select.EPOLLIN)
    created = events = 0
    is_ending = False
    while not is_ending:
        ready = poll.poll()
        if created == count:
            # Other machines would read. Here it would take the processors from what is measured, so it comes afterwards.
            time.sleep(0.3)
            ready = poll.poll()
        for descriptor, _ in ready:
            if descriptor == sys.stdin.fileno():
                is_ending = True
                continue
            received = sockets[descriptor].recv(65536)
            assert received, "etcd ended a watch"
            events += received.count(b'"events"')
            if created < count and b'"created":true' in received:
                created += 1
                if created == count:
                    print("all stubs watch", flush=True)
    print(events)


if __name__ == "__main__":
    main()
