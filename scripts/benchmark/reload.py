"""Measures the time until a change of one file is served: part of scripts/bench-http."""

import http.client
import json
import os
import signal
import statistics
import subprocess
import time

MEDIAN_BAR, WORST_BAR = 40, 60


def make_commit(repository):
    git = ["git", "-C", repository, "-c", "user.name=bench", "-c", "user.email=bench@example.com"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "corpus"]):
        subprocess.run([*git, *command], check=True)


def served_name(connection, path, token):
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    return json.loads(connection.getresponse().read())["name"]


def measure(port, repository, token, list_path, changes):
    """Returns the milliseconds from the end of each write, by rename and in place in turn, until the response has it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", list_path, headers={"Authorization": f"Bearer {token}"})
    record = json.loads(connection.getresponse().read())[3]
    file = next(path for path in repository.rglob("*.yaml") if f"id: {record['id']}" in path.read_text())
    path = "/api/v1/ai-providers/" + record["id"]
    times = []
    for number in range(changes):
        name = f"Changed {number}"
        lines = file.read_text().splitlines(keepends=True)
        text = "".join(f"name: {name}\n" if line.startswith("name:") else line for line in lines)
        if number % 2:
            file.write_text(text)
        else:
            beside = file.with_name(".changing")
            beside.write_text(text)
            os.replace(beside, file)
        start = time.perf_counter()
        while served_name(connection, path, token) != name:
            if time.perf_counter() - start > 20:
                raise SystemExit("bench-http: a change is not served")
            time.sleep(0.001)
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.3)
    return times


def measure_complete(port, token, process, changes):
    """Milliseconds of a complete reload (SIGHUP), which takes nothing from the registry before, until it is served."""
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def attempt():
        connection.request("GET", "/status", headers={"Authorization": f"Bearer {token}"})
        return json.loads(connection.getresponse().read())["loadedAt"]

    times = []
    for _ in range(changes):
        # The time of a load has whole seconds.
        time.sleep(1.1)
        before, start = attempt(), time.perf_counter()
        process.send_signal(signal.SIGHUP)
        while attempt() == before:
            if time.perf_counter() - start > 20:
                raise SystemExit("bench-http: a reload is not served")
            time.sleep(0.001)
        times.append((time.perf_counter() - start) * 1000)
    return times


def report(files, times, complete):
    middle, worst = statistics.median(times), max(times)
    word = "met" if middle <= MEDIAN_BAR and worst <= WORST_BAR else "missed"
    print(f"\na change of one file among {files:,}, from written to served\n"
          f"  {middle:.0f} ms, at worst {worst:.0f} ms of {len(times)}   "
          f"{word}: at most {MEDIAN_BAR} ms, at worst {WORST_BAR} ms\n"
          f"  a complete reload: {statistics.median(complete):.0f} ms")
