"""Measures roster serve with many listeners: part of scripts/bench-http, or alone with --listeners."""

import os
import re
import resource
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

LISTENERS, IDLE, CHANGES, SWAPS, REOPENED = 1_000, 10_000, 40, 1_000, 200
# Milliseconds, KiB and seconds at most.
TAIL_BAR, MEMORY_BAR, STOP_BAR = 20, 8, 10
HERE = Path(__file__).resolve().parent


def build(folder):
    program = folder / "listeners"
    subprocess.run(["gcc", "-std=gnu17", "-O2", HERE / "listeners.c", "-o", program], check=True)
    return program


class Listeners:
    """The client, once all its streams have begun."""

    def __init__(self, program, port, token, count, *mode):
        command = [program, str(port), token, str(count), *mode]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit("bench-http: the listeners do not begin")

    def line(self):
        return [int(number) for number in self.process.stdout.readline().split()]

    def end(self):
        """Returns what is printed at the end."""
        return self.process.communicate(timeout=60)[0]


class Change:
    """One record, whose name changes."""

    def __init__(self, port, repository, token, list_path):
        self.port, self.token, self.count = port, token, 0
        body, _ = self.get(list_path)
        identifier = re.search(r'"id":"(\w+)"', body)[1]
        self.item = "/api/v1/ai-providers/" + identifier
        self.file = next(path for path in repository.rglob("*.yaml") if f"id: {identifier}" in path.read_text())

    def get(self, path):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode(), answer.headers

    def make(self):
        self.count += 1
        text = re.sub(r"(?m)^name:.*$", f"name: Changed {self.count}", self.file.read_text())
        beside = self.file.with_name(".changing")
        beside.write_text(text)
        os.replace(beside, self.file)

    def make_and_wait(self):
        """Changes the record, and returns the digest of the registry once the change is served."""
        self.make()
        while f'"Changed {self.count}"' not in (answer := self.get(self.item))[0]:
            time.sleep(0.001)
        return answer[1]["Roster-Digest"]


def measure(start, stop, resident, program, folder, make_repository, token, list_path):
    """`start` returns a server of a repository and its port, `stop` ends it with SIGTERM, `resident` returns MiB."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    client = build(folder)
    repository = folder / "listened"
    make_repository(repository, 100)
    server, port = start(program, repository)
    try:
        change = Change(port, repository, token, list_path)
        report_latency(client, port, token, change)
        report_churn(client, port, token, change)
    finally:
        stop(server)
    server, port = start(program, repository, "--max-connections", str(IDLE + 100))
    try:
        report_idle(client, port, token, server, resident, min(IDLE, limit - 200), stop)
    finally:
        if server.poll() is None:
            stop(server)


def verdict(is_met, bar):
    return f"{'met' if is_met else 'missed'}: {bar}"


def report_latency(client, port, token, change):
    listeners = Listeners(client, port, token, LISTENERS, "latency", change.item)
    rows = []
    for _ in range(CHANGES):
        change.make()
        rows.append([number / 1e6 for number in listeners.line()])
        time.sleep(0.1)
    listeners.end()
    middle, tail, last = (statistics.median(row[index] for row in rows) for index in range(3))
    worst = max(row[1] for row in rows)
    print(f"\n{LISTENERS:,} listeners, from a change that is served to its event; medians of {CHANGES} changes\n"
          f"  median {middle:.1f} ms, 99th percentile {tail:.1f} ms (at worst {worst:.1f} ms), last {last:.1f} ms   "
          f"{verdict(tail <= TAIL_BAR, f'99th percentile at most {TAIL_BAR} ms')}")


def report_churn(client, port, token, change):
    listeners = Listeners(client, port, token, LISTENERS, "churn", str(REOPENED))
    start = time.monotonic()
    for _ in range(SWAPS):
        digest = change.make_and_wait()
    seconds = time.monotonic() - start
    ids = dict(line.rsplit(" ", 1) for line in listeners.end().splitlines())
    last = int(ids.get(digest, 0))
    print(f"\n{SWAPS:,} swaps in {seconds:.0f} s, while {REOPENED} of {LISTENERS:,} streams a second are opened again\n"
          f"  {last:,} listeners have the last digest   {verdict(last == LISTENERS, 'all')}")


def report_idle(client, port, token, server, resident, count, stop):
    before = resident(server.pid)
    listeners = Listeners(client, port, token, count, "idle")
    time.sleep(1)
    each = (resident(server.pid) - before) * 1024 / count
    start = time.monotonic()
    stop(server)
    seconds = time.monotonic() - start
    listeners.process.stdin.close()
    listeners.process.wait()
    print(f"\n{count:,} idle listeners\n"
          f"  {each:.1f} KiB each   {verdict(each <= MEMORY_BAR, f'at most {MEMORY_BAR} KiB')}\n"
          f"  SIGTERM to exit: {seconds:.1f} s   {verdict(seconds <= STOP_BAR, f'at most {STOP_BAR} s')}")
