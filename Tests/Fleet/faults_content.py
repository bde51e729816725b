"""Faults of content: publications that replicas must refuse, made without Roster's code."""

import gzip
import time

from faults import fault, wait
from hostile import Carriers, Publication, replace, sha256, zulu

YEAR = 365 * 86_400
REFUSALS = {
    "blob": ["digest-mismatch"], "bomb": ["digest-mismatch", "too-large"], "huge": ["too-large"],
    "data": ["digest-mismatch"], "included": ["digest-mismatch"], "html": ["malformed"],
    "invalid-registry": ["invalid-registry"],
    "rolled-back": ["rolled-back"], "equivocation": ["equivocation"], "future": ["from-the-future"],
    "unsigned": ["unsigned", "malformed"], "wrong-key": ["untrusted-key"], "channel": ["wrong-channel"],
    "other-bytes": ["unsigned"], "opens-server": ["opens-server"], "at-arrival": ["expired"],
}


class Tampering:
    """A time in which carriers have something bad; afterwards they have again what they had before."""

    def __init__(self, fleet, entry):
        self.fleet, self.entry = fleet, entry

    def __enter__(self):
        self.fleet.publishing.acquire()
        self.saved = self.fleet.carriers.save()
        self.counts = {name: refusals(reader) for name, reader in self.fleet.samplers.items()}
        return self

    def __exit__(self, *problem):
        for name in Carriers.NAMES:
            self.fleet.carriers.restore(name, self.saved)
        self.fleet.needs_publication = True
        self.fleet.publishing.release()

    def put(self, publication, carriers=Carriers.NAMES, manifest=None, blobs=None):
        """Writes a bad publication."""
        for name in carriers:
            content = self.fleet.blobs(publication) if blobs is None else blobs
            self.fleet.carriers.put(name, publication.manifest() if manifest is None else manifest, content)

    def expect(self, names=None):
        """Records that replicas must count the refusal, and waits until they have or the bound is over."""
        fleet, reasons = self.fleet, REFUSALS[self.entry.variant]
        names = list(names or fleet.replicas)
        bound = fleet.bound(names)
        fleet.journal.write("bad", number=self.entry.number, reasons=reasons, replicas=names, within=bound)

        def is_seen():
            return all(
                refusals(fleet.samplers[name]).get(reason, 0) > self.counts[name].get(reason, 0)
                for name in names for reason in reasons[:1]
            )

        # A sample is taken twice a second.
        wait(is_seen, bound + 1)
        time.sleep(0.2)


def refusals(sampler):
    return dict(sampler.latest.get("refused", {})) if sampler.latest else {}


@fault("corrupt")
def corrupt(fleet, entry, dice):
    variant = entry.variant
    if variant in ("truncated", "length", "html", "redirects", "metadata"):
        return corrupt_on_the_way(fleet, entry, dice)
    with Tampering(fleet, entry) as tampering:
        draft = fleet.draft()
        if variant == "bomb":
            bomb = gzip.compress(bytes(200 << 20), 9, mtime=0)
            draft.compressed, draft.files["registry.json.gz"] = bomb, sha256(bomb)
            draft.predicate["compressedSize"] = len(bomb)
        elif variant == "huge":
            draft.predicate["compressedSize"] = 100 << 20
        elif variant == "invalid-registry":
            draft = Publication(b'{"registry": 2, "providers": 3}\n', serial=draft.serial)
        draft.sign(fleet.key)
        manifest = draft.manifest(
            data=b"{}" if variant == "data" else None,
            # As long as the right one.
            included=draft.compressed[::-1] if variant == "included" else None,
        )
        blobs = fleet.blobs(draft)
        if variant == "blob":
            damaged = bytearray(draft.compressed)
            damaged[dice.randrange(10, len(damaged))] ^= 1 << dice.randrange(8)
            digest = draft.files["registry.json.gz"]
            fleet.carriers.put_oci(fleet.carriers.save()["oci"], blobs)
            replace(fleet.carriers.blob_on_disk(digest), bytes(damaged))
            blobs[digest] = bytes(damaged)
        # docker-registry refuses a manifest whose sizes are wrong, or that lacks a blob.
        carriers = ["etcd", "layout"] if variant in ("huge", "data") else Carriers.NAMES
        tampering.put(draft, carriers, manifest, blobs)
        names = {name for carrier in carriers for name in fleet.followers(carrier)}
        tampering.expect(sorted(names))


def corrupt_on_the_way(fleet, entry, dice):
    """Damages responses of web servers instead of what they have."""
    kinds = ("oci", "https")
    links = [link for replica in fleet.replicas.values() for kind, link in replica.links.items() if kind in kinds]
    html = b"<!doctype html><title>Sign in</title><p>Please sign in to this network.\n"
    close = b"Connection: close\r\n\r\n"

    def found(place):
        return b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n" + close

    responses = {
        "html": lambda head: b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % len(html)
        + close + html,
        "length": lambda head: b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n" + close + b'{"schemaVersion": 2',
        "redirects": lambda head: found(head.split(b" ")[1]),
        "metadata": lambda head: found(b"http://169.254.169.254/latest/meta-data/"),
    }
    with Tampering(fleet, entry) as tampering:
        for link in links:
            if entry.variant == "truncated":
                link.change(truncation=dice.randrange(20, 600))
            else:
                link.change(responder=responses[entry.variant])
        try:
            if entry.variant == "html":
                tampering.expect(["c", "d"])
            else:
                time.sleep(2 * fleet.poll)
        finally:
            for link in links:
                link.heal()


@fault("replay")
def replay(fleet, entry, dice):
    # One to go back to, which the trusted key signed.
    while entry.variant == "rolled-back" and len(fleet.history) < 2:
        fleet.publish()
        wait(fleet.has_converged, fleet.bound(fleet.replicas))
    with Tampering(fleet, entry) as tampering:
        if entry.variant == "rolled-back":
            older = fleet.history[-2]
            for name in Carriers.NAMES:
                fleet.carriers.restore(name, older)
        elif entry.variant == "equivocation":
            tampering.put(fleet.draft(serial=fleet.newest[0]).sign(fleet.key))
        else:
            tampering.put(fleet.draft(serial=int((time.time() + YEAR) * 1000)).sign(fleet.key))
        tampering.expect()


@fault("untrusted")
def untrusted(fleet, entry, dice):
    if entry.variant == "rotation":
        return rotate(fleet)
    if entry.variant == "trust-emptied":
        return empty_trust(fleet)
    with Tampering(fleet, entry) as tampering:
        draft = fleet.draft()
        if entry.variant == "channel":
            draft.predicate["channel"] = "other"
        if entry.variant == "opens-server":
            draft = Publication(fleet.registries.opened(fleet.generation), serial=draft.serial)
        draft.sign(
            fleet.next_key if entry.variant == "wrong-key" else fleet.key,
            signed=draft.payload() + b" " if entry.variant == "other-bytes" else None,
        )
        if entry.variant == "unsigned":
            start, end = draft.envelope.index(b'"signatures"'), draft.envelope.rindex(b"}")
            draft.envelope = draft.envelope[:start] + b'"signatures": []' + draft.envelope[end:]
        tampering.put(draft)
        tampering.expect()


def trust(fleet, *keys):
    for replica in fleet.replicas.values():
        replace(replica.trust, "".join(key.public_pem() for key in keys).encode())


def rotate(fleet):
    """Adds a key, publishes with it, and removes the old one, as an operator does."""
    with fleet.publishing:
        trust(fleet, fleet.key, fleet.next_key)
        time.sleep(1)
        fleet.write_key(fleet.next_key)
        fleet.publish()
        wait(fleet.has_converged, fleet.bound(fleet.replicas) + 1)
        trust(fleet, fleet.next_key)
        fleet.key, fleet.next_key = fleet.next_key, fleet.key
        fleet.history.clear()
        time.sleep(1)


def empty_trust(fleet):
    """Empties the file of trusted keys; the keys of before stay trusted."""
    with fleet.publishing:
        trust(fleet)
        time.sleep(1)
        fleet.publish()
        serial = fleet.newest[0]
        bound = fleet.bound(fleet.replicas)
        fleet.journal.write("expect-serial", serial=serial, replicas=list(fleet.replicas), within=bound)
        wait(fleet.has_converged, bound + 1)
        trust(fleet, fleet.key)


@fault("expiry")
def expiry(fleet, entry, dice):
    if entry.variant == "clock":
        from faults_replicas import change_clock

        return change_clock(fleet, entry)
    if entry.variant == "at-arrival":
        with Tampering(fleet, entry) as tampering:
            draft = fleet.draft()
            draft.predicate |= {"issued": zulu(time.time() - 200), "expires": zulu(time.time() - 100)}
            tampering.put(draft.sign(fleet.key))
            tampering.expect()
        return None
    with fleet.publishing:
        # Long enough to be taken in everywhere before it expires.
        seconds = fleet.bound(fleet.replicas) + 2
        fleet.publish_directly(fleet.draft(valid_for=seconds).sign(fleet.key))
        time.sleep(seconds + fleet.skew + 3)
        fleet.needs_publication = True
    return None
