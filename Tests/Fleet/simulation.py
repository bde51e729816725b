"""10,000 pollers in one process against nginx and docker-registry, compared with the model."""

import asyncio
import random
import resource
import sys
import time

import machine
import model
from engines import Nginx, Registry, Unavailable
from hostile import CHANNEL, MANIFEST_TYPE, REPOSITORY, Carriers, Key, Publication

POLL = 15
# The engines with numbers of pollers, and whether the engine must keep up: docker-registry needs 2 ms of CPU for a
# request, so that 10,000 pollers need more than a core, and 2,000 are its documented limit.
RUNS = (("nginx", 10_000, True), ("docker-registry", 2_000, True), ("docker-registry", 10_000, False))
# How far the measured curve may be from the model's.
TOLERANCE = 0.10


class Pollers:
    """Connections that each ask for a document again and again, with the tag of the last answer."""

    def __init__(self, port, path, accept, count, poll, dice):
        self.port, self.count, self.poll, self.dice = port, count, poll, dice
        self.head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\nIf-None-Match: %s\r\n\r\n"
        # The times of requests, how long they took, and when a poller saw another tag than at first.
        self.times, self.took, self.seen, self.failures = [], [], [], 0
        self.is_stopping = False

    async def poll_forever(self):
        await asyncio.sleep(self.dice.uniform(0, self.poll))
        tag, connection = '"none"', None
        while not self.is_stopping:
            start = time.monotonic()
            try:
                if connection is None:
                    connection = await asyncio.open_connection("127.0.0.1", self.port, limit=256 * 1024)
                connection[1].write((self.head % tag).encode())
                status, fields = await self.answer(connection[0])
                now = time.monotonic()
                if status == 200:
                    if tag != '"none"':
                        self.seen.append(now)
                    tag = fields["etag"]
                elif status != 304:
                    self.failures += 1
                self.times.append(start)
                self.took.append(now - start)
            except (OSError, asyncio.IncompleteReadError, KeyError):
                self.failures += 1
                connection = None
            await asyncio.sleep(model.interval(self.poll, self.dice))
        if connection:
            connection[1].close()

    @staticmethod
    async def answer(reader):
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
        status = int(lines[0].split(" ")[1])
        if status != 304 and "content-length" in fields:
            await reader.readexactly(int(fields["content-length"]))
        return status, fields

    async def run(self, publish, pid):
        """Lets all of them ask, publishes after three intervals, and returns when, and the load of the time before."""
        started = time.monotonic()
        tasks = [asyncio.create_task(self.poll_forever()) for _ in range(self.count)]
        await asyncio.sleep(1.5 * self.poll)
        self.times.clear()
        self.took.clear()
        begin, cpu = time.monotonic(), machine.usage(pid)[2]
        await asyncio.sleep(1.5 * self.poll)
        idle = len(self.times) / (time.monotonic() - begin), (machine.usage(pid)[2] - cpu) / (time.monotonic() - begin)
        await asyncio.to_thread(publish)
        published = time.monotonic()
        end = published + 1.5 * self.poll
        while len(self.seen) < self.count and time.monotonic() < end:
            await asyncio.sleep(0.2)
        self.is_stopping = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return published, published - started, *idle


def measure(folder, name, count, poll):
    """Runs the pollers against an engine, and returns the line of the table and whether it agrees with the model."""
    key = Key()
    layout = folder / "layout"
    layout.mkdir(exist_ok=True)
    nginx = Nginx(folder / f"nginx-{name}-{count}", layout)
    registry = Registry(folder / f"oci-{name}-{count}", has_password=False)
    engine = nginx if name == "nginx" else registry
    carrier = "layout" if name == "nginx" else "oci"
    carriers = Carriers(None, registry, layout)

    def publish():
        publication = Publication(b'{"registry": 2, "time": %d}\n' % time.time_ns()).sign(key)
        blobs = {publication.files["registry.json.gz"]: publication.compressed}
        machine.until(lambda: put(publication, blobs | publication.envelope_blob()), 60, f"{name} takes a publication")

    def put(publication, blobs):
        """Writes a publication, and returns whether the engine took it in time."""
        try:
            carriers.put(carrier, publication.manifest(), blobs)
        except Unavailable:
            return False
        return True

    engine.start()
    try:
        publish()
        port, path, accept = (
            (nginx.port, "/index.json", "*/*") if name == "nginx"
            else (registry.port, f"/v2/{REPOSITORY}/manifests/{CHANNEL}", MANIFEST_TYPE)
        )
        pollers = Pollers(port, path, accept, count, poll, random.Random(1))
        pid = engine.worker() if name == "nginx" else engine.program.pid
        published, warm, rate, cpu = asyncio.run(pollers.run(publish, pid))
    except TimeoutError as error:
        return f"{name:16} {count:7} {poll:4} s  does not keep up: {error}", False
    finally:
        engine.stop()
    measured = [max(at - published, 0) for at in pollers.seen]
    expected = model.delays(count, poll, random.Random(2), warm)
    pairs = [(model.percentile(measured, share), model.percentile(expected, share)) for share in (0.5, 0.9, 0.99)]
    agrees = len(measured) == count and all(abs(seen / wanted - 1) <= TOLERANCE for seen, wanted in pairs)
    took = model.percentile(pollers.took, 0.5) * 1000, model.percentile(pollers.took, 0.99) * 1000
    curve = "  ".join(f"{seen:5.2f}/{wanted:5.2f}" for seen, wanted in pairs)
    line = (
        f"{name:16} {count:7} {poll:4} s {rate:7.0f}/s {cpu * 100:5.1f} %  {took[0]:5.1f} {took[1]:6.1f} ms  {curve}  "
        f"{len(measured):6} {pollers.failures:8}  {'yes' if agrees else 'NO'}"
    )
    return line, agrees


def main(folder, runs=RUNS, poll=POLL):
    """Prints the tables, and returns the exit code: 1 when an engine does not agree with the model."""
    wanted = max(count for _, count, _ in runs) + 1000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        print(f"fleet-test: {wanted} open files are needed, and {hard} are allowed", file=sys.stderr)
        return 3
    # The engines inherit the limit.
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * wanted if hard >= 2 * wanted else wanted), hard))
    print(
        f"{'engine':16} {'pollers':>7} {'poll':>6} {'idle':>9} {'CPU':>7}  {'p50':>5} {'p99 of':>6} ms  "
        "p50, p90, p99 until served, measured/model (s)    seen failures  within 10 %", flush=True)
    results = []
    for name, count, must_agree in runs:
        line, agrees = measure(folder, name, count, poll)
        print(line, flush=True)
        results.append(agrees or not must_agree)
    print("\nthe model alone")
    for pollers, seconds in ((1_000, 15), (10_000, 5), (10_000, 15), (10_000, 60)):
        dice = random.Random(3)
        found = model.delays(pollers, seconds, dice)
        print(
            f"{pollers:7} pollers, poll {seconds:2} s: served p50 {model.percentile(found, 0.5):5.1f}, "
            f"p99 {model.percentile(found, 0.99):5.1f} s; {pollers / seconds:5.0f} req/s; "
            f"roll-out at most {model.peak(found)} a second"
        )
    most = model.peak(model.after_outage(10_000, 600, random.Random(4)))
    print(f"  10000 pollers: after an outage of 10 minutes at most {most} come back in a second")
    return 0 if all(results) else 1
