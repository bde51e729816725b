"""The faults by their names. Each is a function that makes a fault, lets it last, and undoes it."""

import contextlib
import signal
import threading
import time

from plan import WEIGHTS

FAULTS = {}


def fault(name):
    """Declares a function as a fault."""
    assert name in WEIGHTS, name

    def register(function):
        FAULTS[name] = function
        return function

    return register


def touches(entry, fleet):
    """Returns what a fault breaks: carriers, replicas by name, and `content` when it changes what is published."""
    dice, name, variant = entry.rolls(), entry.name, entry.variant
    if name in ("kill-etcd", "stop-etcd", "compaction") or variant.startswith("etcd-etcd"):
        return {"etcd"}
    if name in ("partition", "kill-replica", "slow", "start", "state") or variant == "clock":
        found = {target(fleet, dice, entry)}
        # A publication is part of these: nothing else may change what is published.
        return found | ({"content"} if variant in ("publishing", "expired", "full", "read-only", "clock") else set())
    if name == "stop-source":
        return {"layout"} if variant == "nginx" else {"oci"} if variant == "registry" else {"oci", "layout"}
    # A replica that starts while the file of trusted keys is empty ends immediately.
    names = set(fleet.mixes) if variant in ("rotation", "trust-emptied") else set()
    return {"content", "etcd", "oci", "layout"} | names


def target(fleet, dice, entry):
    """Returns the replica that a fault of one replica strikes."""
    names = list(fleet.mixes)
    if entry.name == "partition":
        names = [name for name in names if "etcd" in fleet.mixes[name]]
    elif entry.name in ("slow", "start"):
        names = [name for name in names if "dir" not in fleet.mixes[name]]
    return dice.choice(names)


def is_affected(names, kinds, name, carrier_of):
    """Returns whether a replica notices a fault that touches some things."""
    return name in names or bool({carrier_of[kind] for kind in kinds} & set(names))


class Outage:
    """A time in which a fault is on: publishes in it, and counts the requests that come to dead links."""

    def __init__(self, fleet, entry):
        self.fleet, self.entry = fleet, entry

    @contextlib.contextmanager
    def counted(self, links):
        """Records how many connections came to links while their engine does not answer."""
        begin = time.time()
        before = {link.name: len(link.attempts) for link in links}
        yield
        end = time.time()
        for link in links:
            count = len(link.attempts) - before[link.name]
            self.fleet.journal.write("attempts", link=link.name, begin=begin, end=end, count=count)

    def last(self, publishes=True, must_publish=False):
        """Lets the fault last, and publishes early in it, which must succeed while a majority of etcd is there."""
        end = time.monotonic() + self.entry.seconds
        time.sleep(min(0.3, self.entry.seconds / 3))
        if publishes:
            results = self.fleet.publication_results(seconds=20 * self.fleet.patience)
            if must_publish:
                # Another fault may have stopped the other destinations.
                succeeds = any(address.startswith("etcd:") for address in results.get("published", []))
                self.fleet.journal.write("expect-published", replica="publisher", succeeds=succeeds)
        time.sleep(max(end - time.monotonic(), 0))


@fault("kill-etcd")
def kill_etcd(fleet, entry, dice):
    leader = fleet.etcd.leader() or 0
    number = leader if entry.variant == "leader" else (leader + dice.choice([1, 2])) % 3
    fleet.etcd.nodes[number].kill()
    try:
        Outage(fleet, entry).last(must_publish=True)
    finally:
        fleet.etcd.nodes[number].start()


@fault("stop-etcd")
def stop_etcd(fleet, entry, dice):
    numbers = [dice.randrange(3)]
    if entry.variant == "watched":
        # The node with the youngest connection of the first replica is the one that it watches.
        links = fleet.replicas["a"].links
        open_links = [number for number in range(3) if links[f"etcd{number}"].writers]
        numbers = open_links[:1] or numbers
    else:
        numbers.append((numbers[0] + dice.choice([1, 2])) % 3)
    for number in numbers:
        fleet.etcd.nodes[number].send(signal.SIGSTOP)
    try:
        Outage(fleet, entry).last(must_publish=len(numbers) == 1)
        if entry.variant == "watched" and not fleet.needs_publication:
            # The node stays stopped until the replicas have asked the next node.
            bound = 15 * fleet.patience
            serial = fleet.newest[0]
            fleet.journal.write("expect-serial", serial=serial, replicas=fleet.followers("etcd"), within=bound)
            wait(lambda: fleet.has_converged(fleet.followers("etcd")), bound + 1)
    finally:
        for number in numbers:
            fleet.etcd.nodes[number].send(signal.SIGCONT)


@fault("partition")
def partition(fleet, entry, dice):
    outage = Outage(fleet, entry)
    holes = {"up": {"up"}, "down": {"down"}}.get(entry.variant.rpartition("-")[2], {"up", "down"})
    if entry.variant.startswith("etcd-etcd"):
        number = dice.randrange(3)
        fleet.etcd.isolate(number, [each for each in range(3) if each != number], holes)
        try:
            outage.last(must_publish=True)
        finally:
            for link in fleet.etcd.links:
                link.heal()
        return
    replica = fleet.replicas[target(fleet, entry.rolls(), entry)]
    links = [link for name, link in replica.links.items() if name.startswith("etcd")]
    if dice.random() < 0.5:
        links = links[:dice.choice([1, 2])]
    is_whole = len(links) == 3
    for link in links:
        link.change(is_cut=True) if entry.variant == "replica-cut" else link.change(holes=frozenset(holes))
    try:
        with outage.counted(links) if is_whole else contextlib.nullcontext():
            outage.last()
    finally:
        for link in links:
            link.heal()


@fault("compaction")
def compaction(fleet, entry, dice):
    fleet.publish()
    fleet.etcd.compact()
    fleet.publish()


@fault("stop-source")
def stop_source(fleet, entry, dice):
    outage = Outage(fleet, entry)
    kinds = {"registry": ["oci"], "nginx": ["https"]}.get(entry.variant, ["oci", "https"])
    links = [link for replica in fleet.replicas.values() for kind, link in replica.links.items() if kind in kinds]
    if entry.variant in ("registry", "nginx"):
        engine = fleet.registry if entry.variant == "registry" else fleet.nginx
        engine.program.stop()
        try:
            with outage.counted(links):
                outage.last(publishes=entry.variant == "nginx")
        finally:
            engine.program.start()
            engine.wait()
        return
    fields = {
        "429": "429 Too Many Requests\r\nRetry-After: 2", "503": "503 Service Unavailable\r\nRetry-After: 2",
        "401": '401 Unauthorized\r\nWWW-Authenticate: Basic realm="fleet"',
    }[entry.variant]
    response = f"HTTP/1.1 {fields}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    for link in links:
        link.change(responder=lambda head: response)
    try:
        with outage.counted(links):
            outage.last()
    finally:
        for link in links:
            link.heal()


@fault("slow")
def slow(fleet, entry, dice):
    replica = fleet.replicas[target(fleet, entry.rolls(), entry)]
    rate = 32 * 1024 if entry.variant == "throttled" else 5
    for link in replica.links.values():
        link.change(rate=rate, delay=0.2 if entry.variant == "throttled" else 0)
    try:
        Outage(fleet, entry).last()
    finally:
        for link in replica.links.values():
            link.heal()


def wait(condition, seconds):
    """Waits for a condition, and returns whether it holds in the end."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def in_background(function):
    thread = threading.Thread(target=function, daemon=True)
    thread.start()
    return thread
