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
    """Watches through the JSON gateway, divided among the nodes.

    Stubs that are not prompt read after the measurement, since other machines would read them, and here they would take
    the processors from what is measured.
    """

    def __init__(self, etcd, count, is_prompt=False):
        self.etcd, self.count, self.is_prompt = etcd, count, is_prompt
        # The numbers of the events that each of them got, and the times, after the end.
        self.times = None

    def __enter__(self):
        tokens = [
            self.etcd.post(number, "auth/authenticate", {"name": "fleet", "password": ETCD_PASSWORD}, None)["token"]
            for number in range(3)
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-B", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        task = [self.count, self.etcd.ports, tokens, self.is_prompt]
        print(json.dumps(task), file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "all stubs watch\n"
        return self

    def __exit__(self, *problem):
        # It ends with its standard input.
        self.times = json.loads(self.process.communicate()[0])


def main():
    count, ports, tokens, is_prompt = json.loads(sys.stdin.readline())
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
    created, times, counts = 0, [], dict.fromkeys(sockets, 0)
    is_ending = False
    while not is_ending:
        ready = poll.poll()
        if created == count and not is_prompt:
            time.sleep(0.3)
            ready = poll.poll()
        for descriptor, _ in ready:
            if descriptor == sys.stdin.fileno():
                is_ending = True
                continue
            received = sockets[descriptor].recv(65536)
            assert received, "etcd ended a watch"
            for _ in range(received.count(b'"events"')):
                times.append((counts[descriptor], time.time()))
                counts[descriptor] += 1
            if created < count and b'"created":true' in received:
                created += 1
                if created == count:
                    print("all stubs watch", flush=True)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
