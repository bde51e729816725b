"""The pages for people and the list of the API: first byte, bytes, requests, start and memory."""

import gzip
import http.client
import itertools
import re
import socket
import statistics
import time

# First byte at most, as a multiple of that of the API's list; bytes of the first page, compressed; its requests;
# memory added to that of a server without pages, in MiB; time to start at most, as a multiple of that server's.
FIRST_BYTE_BAR, BYTES_BAR, REQUESTS_BAR, MEMORY_BAR, START_BAR = 2.0, 30 * 1024, 3, 1.0, 1.1
LIST = "/api/v1/ai-providers?limit=100"


class Client:
    """A connection that stays open, as a browser's."""

    def __init__(self, port, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.fields = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}

    def first_byte(self, path):
        """Returns the microseconds until the first byte of a response."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers=self.fields)
        answer = self.connection.getresponse()
        taken = time.perf_counter() - start
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"bench-http: {path}: {answer.status} {body[:200]}")
        return taken * 1e6

    def get(self, path):
        self.connection.request("GET", path, headers=self.fields)
        answer = self.connection.getresponse()
        return answer.read(), answer.headers


def verdict(is_met, bar):
    return f"{'met' if is_met else 'missed'}: at most {bar}"


def compare_first_bytes(client, name, page, of_list, rounds):
    """Compares the first bytes of pages with those of lists, in turns; the paths are drawn from iterators."""
    pairs = [(client.first_byte(next(page)), client.first_byte(next(of_list))) for _ in range(rounds)]
    ratio = statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs)
    figures = " and ".join(f"{statistics.median(pair[side] for pair in pairs):,.0f}" for side in (0, 1))
    print(f"  first byte, {name:24} {ratio:5.2f}   {verdict(ratio <= FIRST_BYTE_BAR, FIRST_BYTE_BAR)}   ({figures} us)")


def measure(start, stop, resident_mebibytes, token, files):
    """Measures a repository of 100 or more providers; `start` takes options of the server."""
    server, port = start()
    try:
        print(f"\nthe pages of {files:,} files, beside the API's list of 100")
        client = Client(port, token)
        for path in ["/", LIST]:
            client.first_byte(path)
        compare_first_bytes(client, "a page seen before", itertools.repeat("/"), itertools.repeat(LIST), 300)
        # Each of these is requested once, so that no cache has its response.
        searches = list(itertools.product(["p", "pr", "pro", "prov", "r", "ro", "rov", "o", "ov", "v"], range(9)))
        compare_first_bytes(
            client, "a page not seen before", (f"/?q={text}&sort=name&page={page + 1}" for text, page in searches),
            (f"{LIST}&q={text}&offset={page}" for text, page in searches), len(searches))
        body, _ = client.get("/")
        page = gzip.decompress(body).decode()
        loaded = 1 + len(re.findall(r"rel=stylesheet|<script", page))
        print(f"  bytes of the first page     {len(body):6,}   {verdict(len(body) <= BYTES_BAR, f'{BYTES_BAR:,}')}")
        print(f"  requests of the first page  {loaded:6}   {verdict(loaded <= REQUESTS_BAR, REQUESTS_BAR)}, and the icon")
    finally:
        stop(server)
    measure_memory(start, stop, resident_mebibytes, token)


def measure_memory(start, stop, resident_mebibytes, token):
    """Compares the memory of servers with and without pages after the same requests, and then after pages were read."""
    pages = ["/", "/status.html"] + [f"/?page={number}&sort={order}" for number in (1, 9) for order in ("name", "host", "key")]
    figures = []
    for options in ([], ["--no-page"]):
        server, port = start(*options)
        try:
            client = Client(port, token)
            figures.append(load(client, resident_mebibytes, server, [LIST]))
            if not options:
                figures.append(load(client, resident_mebibytes, server, pages))
        finally:
            stop(server)
    served, read, without = figures
    print(f"  memory beside --no-page    {served - without:+6.1f} MiB   "
          f"{verdict(served - without <= MEMORY_BAR, MEMORY_BAR)}; {read - served:+.1f} MiB once pages were read")


def measure_start(launch, stop, rounds=7):
    """Compares the time from the start of a server to its first response, with and without pages, in turns."""
    pairs = []
    for _ in range(rounds):
        taken = []
        for options in ([], ["--no-page"]):
            start = time.perf_counter()
            server, port = launch(*options)
            try:
                wait_for_port(port)
                taken.append(time.perf_counter() - start)
            finally:
                stop(server)
        pairs.append(taken)
    ratio = statistics.median(one / other for one, other in pairs)
    figures = " and ".join(f"{statistics.median(pair[side] for pair in pairs) * 1e3:,.0f}" for side in (0, 1))
    print(f"  start beside --no-page      {ratio:6.2f}   {verdict(ratio <= START_BAR, START_BAR)}   ({figures} ms)")


def wait_for_port(port):
    for _ in range(10_000):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.001)
    raise SystemExit(f"bench-http: nothing listens on port {port}")


def load(client, resident_mebibytes, server, paths):
    """Requests paths, and returns the memory of the server."""
    for path in paths * 20:
        client.get(path)
    return resident_mebibytes(server.pid)
