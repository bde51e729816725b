"""Measures the figures that need a fleet, and prints each with its goal."""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import machine
import watchers
from fleet import Fleet
from model import percentile
from probing import Probe, first_answer

FIVE = {name: ["etcd"] for name in "abcde"}


@contextlib.contextmanager
def running(folder, program, mixes, providers=3, poll=2, is_direct=True):
    """Runs a fleet whose replicas all serve the first publication."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        Path(own).chmod(0o755)
        fleet = Fleet(own, program, poll=poll, mixes=mixes, providers=providers, is_direct=is_direct)
        probe = None
        try:
            fleet.start()
            probe = Probe(fleet.replicas.values())
            probe.wait(fleet.newest[1], 120)
            probe.failures = 0
            yield fleet, probe
        finally:
            if probe:
                probe.close()
            fleet.stop()


def spread(values, unit="ms"):
    factor = 1000 if unit == "ms" else 1
    shares = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    shown = ", ".join(f"{name} {percentile(values, share) * factor:.1f}" for name, share in shares.items())
    return f"{shown} {unit} of {len(values)}"


def commit(fleet, carrier="etcd"):
    """Publishes the next registry to a carrier, and returns its digest and the time at which the carrier had it."""
    publication = fleet.draft().sign(fleet.key)
    # As `roster publish` writes it.
    included = publication.compressed if len(publication.compressed) <= 8192 else None
    fleet.carriers.put(carrier, publication.manifest(included=included), fleet.blobs(publication))
    done = time.time()
    fleet.newest = publication.serial, publication.digest
    return publication.digest, done


def latency(folder, program, providers, count):
    with running(folder, program, FIVE, providers) as (fleet, probe):
        found = []
        for _ in range(count):
            digest, done = commit(fleet)
            served = probe.wait(digest, 60)
            found.append(max(max(served.values()) - done, 0))
        return spread(found)


def push_small(folder, program):
    return latency(folder, program, 3, 500)


def push_large(folder, program):
    return latency(folder, program, 10_000, 30)


def publishing(folder, program):
    with running(folder, program, {"a": ["etcd"]}, 10_000) as (fleet, _):
        shown = []
        for name, destination in zip(("etcd", "OCI", "folder"), fleet.destinations()):
            found = []
            for _ in range(5):
                registry = fleet.next_registry()
                start = time.monotonic()
                if not fleet.publish(destinations=[destination], registry=registry):
                    return f"the publication to {name} failed"
                found.append(time.monotonic() - start)
            shown.append(f"{name} {percentile(found, 0.5) * 1000:.0f} ms")
        return ", ".join(shown) + ", median of 5"


def polling(folder, program, poll, publications, each):
    mixes = {f"{kind}{number}": [kind] for kind in ("oci", "https") for number in range(each)}
    with running(folder, program, mixes, poll=poll) as (fleet, probe):
        found = {"oci": [], "https": []}
        for number in range(publications):
            # At every moment of the interval.
            time.sleep(poll * ((number * 0.618) % 1))
            publication = fleet.draft().sign(fleet.key)
            for carrier in ("oci", "layout"):
                fleet.carriers.put(carrier, publication.manifest(), fleet.blobs(publication))
            done = time.time()
            for name, at in probe.wait(publication.digest, 5 * poll).items():
                found[name.rstrip("0123456789")].append(max(at - done, 0))
        return "; ".join(f"{kind} {spread(values, 's')}" for kind, values in found.items())


def poll_2(folder, program):
    return polling(folder, program, 2, 25, 4)


def poll_15(folder, program):
    return polling(folder, program, 15, 10, 10)


def idle(folder, program, seconds=60):
    with running(folder, program, {"a": ["etcd", "oci"]}, poll=15) as (fleet, _):
        path, _ = fleet.next_registry()
        command = [fleet.program, "serve", "--registry", path, "--port", "0"]
        plain = machine.Program(command, fleet.folder / "plain.log").start()
        try:
            time.sleep(10)
            pids = {"--from": fleet.replicas["a"].program.pid, "--registry": plain.pid}
            before = {name: machine.usage(pid) for name, pid in pids.items()}
            time.sleep(seconds)
            after = {name: machine.usage(pid) for name, pid in pids.items()}
        finally:
            plain.stop()
        shown = [
            f"{name} {(after[name][2] - before[name][2]) / seconds * 100:.2f} % of a core, "
            f"{after[name][0] / (1 << 20):.1f} MiB" for name in pids
        ]
        return "; ".join(shown)


def leader(folder, program, count=10):
    with running(folder, program, FIVE) as (fleet, probe):
        found, failures = [], 0
        for _ in range(count):
            number = machine.until(lambda: (fleet.etcd.leader(),), 30, "etcd has a leader")[0]
            if number is None:
                continue
            fleet.etcd.nodes[number].kill()
            start, digest = time.time(), None
            while digest is None:
                with contextlib.suppress(Exception):
                    digest, _ = commit(fleet)
            served = probe.wait(digest, 120)
            found.append(max(served.values()) - start)
            fleet.etcd.nodes[number].start()
            time.sleep(3)
        return f"{spread(found, 's')}; {probe.failures} failed reads"


def last_good(folder, program, count=10):
    with running(folder, program, {"a": ["etcd"]}, 10_000, is_direct=False) as (fleet, _):
        replica, found = fleet.replicas["a"], []
        for link in replica.links.values():
            link.change(is_cut=True)
        for _ in range(count):
            replica.kill()
            replica.start()
            found.append(first_answer(replica, replica.program.started, 30))
        return spread(found)


def thousand(folder, program, count=50):
    mixes = {f"r{number}": ["etcd"] for number in range(10)}
    with running(folder, program, mixes) as (fleet, probe):
        with watchers.Stubs(fleet.etcd, 990) as stubs:
            found = []
            for _ in range(count):
                digest, done = commit(fleet)
                found += [max(at - done, 0) for at in probe.wait(digest, 60).values()]
                time.sleep(0.5)
        for replica in fleet.replicas.values():
            replica.kill()
        # What etcd needs for the same number of watches on this machine, without a replica.
        commits = []
        with watchers.Stubs(fleet.etcd, 1_000, is_prompt=True) as alone:
            for _ in range(count):
                commits.append(commit(fleet)[1])
                time.sleep(0.5)
        # Some get an event before the response to its writer.
        bare = [max(at - commits[number], 0) for number, at in alone.times]
        return (
            f"{spread(found)}; {len(stubs.times) / count:.0f} of 990 stubs had each; "
            f"etcd alone to 1,000 stubs: {spread(bare)}"
        )


FIGURES = {
    "push-small": (push_small, "commit to the first response of all 5 replicas: p50 10 ms, p99 25 ms"),
    "push-large": (push_large, "the same with 10,000 providers: p99 500 ms"),
    "publish": (publishing, "roster publish of 10,000 providers: 700 ms"),
    "poll-2": (poll_2, "poll 2 s: p99 3 s"),
    "poll-15": (poll_15, "poll 15 s: p50 8 s, p99 19 s"),
    "idle": (idle, "0.3 % of a core, 4 MiB more than --registry"),
    "leader": (leader, "kill -9 of the leader to all replicas on the next publication: 5 s"),
    "last-good": (last_good, "exec to the first response with 10,000 providers, sources down: 400 ms"),
    "watchers": (thousand, "990 stubs and 10 replicas: p99 150 ms"),
}


def main(folder, program, names):
    """Measures figures by their names, all without a name, and returns the exit code."""
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        print(f"fleet-test: there is no figure {unknown[0]}; there are: {', '.join(FIGURES)}", file=sys.stderr)
        return 64
    print(subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip(), program)
    failed = False
    for name in names or FIGURES:
        measure, goal = FIGURES[name]
        try:
            result = measure(folder, program)
        except (OSError, RuntimeError) as error:
            result, failed = f"not measured: {error}", True
        print(f"{name:12} {result}\n{'':12} goal: {goal}", flush=True)
    return 1 if failed else 0
