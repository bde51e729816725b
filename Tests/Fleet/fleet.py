"""A fleet on this machine: engines, replicas, a publisher, and the log of everything that they do."""

import collections
import contextlib
import json
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import machine
from engines import ETCD_PASSWORD, OCI_PASSWORD, PREFIX, Etcd, Nginx, Registry, Unavailable
from follower import CANARIES, TOKEN, Replica
from hostile import CHANNEL, REPOSITORY, Carriers, Key, Publication, zulu
from journal import Journal
from proxy import Network
from registries import Registries

# Every kind of source, and a replica whose second source must cover for the first.
MIXES = {"a": ["etcd"], "b": ["etcd", "oci"], "c": ["oci"], "d": ["https"], "e": ["dir"]}
CARRIER_OF = {"etcd": "etcd", "oci": "oci", "https": "layout", "dir": "layout"}


@dataclass
class Direct:
    """The port of an engine, in the place of a link to it."""

    port: int


class Fleet:
    """Engines and replicas that run from `start` to `stop`."""

    def __init__(self, folder, program, poll=2, skew=2, mixes=None, providers=3, patience=1.0, is_direct=False):
        self.folder, self.program = Path(folder), Path(program).resolve()
        self.poll, self.skew, self.patience = poll, skew, patience
        self.journal = Journal(self.folder / "journal.jsonl")
        self.network = Network()
        # Whether replicas reach the engines without links, which can be cut, but take time from what is measured.
        self.is_direct = is_direct
        self.layout = self.folder / "layout"
        self.layout.mkdir()
        self.etcd = Etcd(self.network, self.folder / "etcd", is_direct=is_direct)
        self.registry = Registry(self.folder / "oci")
        self.nginx = Nginx(self.folder / "nginx", self.layout)
        self.key, self.next_key = Key(), Key()
        self.key_file = self.folder / "key.pem"
        self.write_key(self.key)
        self.registries = Registries(self.folder, self.program, TOKEN, providers)
        self.mixes = MIXES if mixes is None else mixes
        self.carriers = Carriers(self.etcd, self.registry, self.layout)
        self.replicas, self.readers, self.samplers, self.history = {}, {}, {}, []
        # Held by every thread that changes what the carriers have.
        self.publishing = threading.RLock()
        self.generation = 0
        # The newest publication: its serial and digest.
        self.newest = None
        # Whether a carrier may lack the newest publication.
        self.needs_publication = True
        self.found = set()

    def link(self, name, port):
        """Returns the way of a replica to an engine."""
        return Direct(port) if self.is_direct else self.network.link(name, port, is_counted=True)

    def write_key(self, key):
        self.key_file.touch(mode=0o600)
        self.key_file.write_text(key.private_pem())

    def start(self):
        """Starts the engines, publishes a first registry, and starts the replicas."""
        self.etcd.start()
        self.registry.start()
        self.nginx.start()
        (self.folder / "auth.json").write_text(json.dumps({"auths": {
            f"127.0.0.1:{self.registry.port}": {"username": "fleet", "password": OCI_PASSWORD}}}))
        (self.folder / "auth.json").chmod(0o600)
        (self.folder / "etcd-password").write_text(ETCD_PASSWORD)
        (self.folder / "etcd-password").chmod(0o600)
        self.journal.write(
            "run", poll=self.poll, skew=self.skew, patience=self.patience, replicas=self.mixes,
        )
        self.publish()
        for name, kinds in self.mixes.items():
            replica = Replica(self, name, kinds)
            replica.start()
            self.replicas[name] = replica

    def stop(self):
        """Ends the replicas, then the engines, and looks for credentials in all that was written."""
        for replica in self.replicas.values():
            replica.is_down = True
            is_running = replica.program.is_running()
            code = replica.program.stop()
            self.journal.write("stop", replica=replica.name, code=code, was_running=is_running)
            self.scan("log", replica.log.read_bytes(), replica.name)
        for engine in (self.etcd, self.registry, self.nginx):
            engine.stop()
        self.network.stop()
        self.journal.close()

    def followers(self, carrier):
        """Returns the names of the replicas that follow a carrier."""
        return [name for name, kinds in self.mixes.items() if carrier in {CARRIER_OF[kind] for kind in kinds}]

    def bound(self, names):
        """Returns the seconds in which replicas must notice what their carriers have."""
        is_watching = all("etcd" in self.mixes[name] for name in names)
        return (5 if is_watching else max(1.2 * self.poll + 1, 5)) * self.patience

    def destinations(self):
        return [
            "etcd://" + ",".join(f"127.0.0.1:{port}" for port in self.etcd.ports) + "/" + PREFIX.rstrip("/"),
            f"oci://127.0.0.1:{self.registry.port}/{REPOSITORY}:{CHANNEL}", f"dir:{self.layout}",
        ]

    def publish(self, *options, **more):
        """Publishes the next registry with `roster publish`, and returns whether every destination has it."""
        results = self.publication_results(*options, **more)
        return bool(results) and not results.keys() & {"failed", "not-written"}

    def publication_results(self, *options, destinations=None, registry=None, seconds=60):
        """Publishes the next registry with `roster publish`, and returns the destinations by their result."""
        with self.publishing:
            path, digest = self.next_registry() if registry is None else registry
            command = [
                self.program, "publish", *(destinations or self.destinations()), "--registry", path, "--key",
                self.key_file, "--format", "json", "--auth-file", self.folder / "auth.json", *options,
            ]
            environment = machine.PREPARED | {
                "ROSTER_ETCD_USER": "fleet", "ROSTER_ETCD_PASSWORD_FILE": str(self.folder / "etcd-password"),
                "HOME": str(self.folder),
            }
            start = time.time()
            self.journal.write("publishing", digest=digest)
            try:
                result = subprocess.run(
                    command, env=environment, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
                code, output, problem = result.returncode, result.stdout, result.stderr
            except subprocess.TimeoutExpired:
                code, output, problem = -1, "", f"not within {seconds} seconds"
            self.scan("output of publish", (output + problem).encode(), "publisher")
            try:
                document = json.loads(output)
            except ValueError:
                document = {}
            report, results = document.get("publication") or {}, collections.defaultdict(list)
            for entry in document.get("destinations", []):
                results[entry["result"]].append(entry["destination"])
            self.record("published" if code == 0 else "publish-failed", digest, report.get("serial"), report.get("expires"),
                        code=code, seconds=round(time.time() - start, 3), problem=problem[-500:])
            return dict(results)

    def publish_directly(self, publication, carriers=Carriers.NAMES):
        """Writes a good publication without Roster's publisher."""
        with self.publishing:
            self.journal.write("publishing", digest=publication.digest)
            for name in carriers:
                self.carriers.put(name, publication.manifest(), self.blobs(publication))
            expires = publication.predicate["expires"]
            self.record("published", publication.digest, publication.serial, expires, code=0)

    def record(self, event, digest, serial, expires, **members):
        self.journal.write(event, digest=digest, serial=serial, expires=expires, **members)
        self.needs_publication = event != "published"
        if event == "published":
            self.newest = serial, digest
            # One that expires in the run would be refused for that, and not for its age.
            if expires > zulu(time.time() + 3600):
                with contextlib.suppress(Unavailable):
                    self.history.append(self.carriers.save())

    @staticmethod
    def blobs(publication):
        return {publication.files["registry.json.gz"]: publication.compressed} | publication.envelope_blob()

    def next_registry(self):
        """Writes a registry that no publication had, and returns its path and digest."""
        self.generation += 1
        return self.registries.write(self.generation)

    def draft(self, **members):
        """Returns a publication of the next registry, to be damaged and signed."""
        path, _ = self.next_registry()
        newest = (self.newest[0] or 0) + 1
        members.setdefault("serial", max(int(time.time() * 1000), newest))
        return Publication(path.read_bytes(), **members)

    def scan(self, place, data, name):
        """Looks for credentials in what others can read; each find is recorded once."""
        for number, canary in enumerate(CANARIES):
            if canary.encode() in data and (place, name, number) not in self.found:
                self.found.add((place, name, number))
                self.journal.write("credential", place=place, replica=name, canary=canary.split("-")[0])

    def has_converged(self, names=None):
        """Returns whether replicas serve the newest publication, as far as their readers know."""
        return self.newest is not None and all(self.readers[name].newest == self.newest[1] for name in names or self.replicas)

    def reaches_sources(self, begin):
        """Returns whether replicas reported after a time that they read all their sources."""
        return all(
            sampler.latest and sampler.latest["t"] > begin
            and all(source["state"] == "up" for source in sampler.latest["sources"])
            for sampler in self.samplers.values()
        )

    def settle(self, seconds):
        """Publishes until every carrier has it, waits until all replicas serve it, and returns whether they do.

        A source that failed is read again only after a time that grows with the failures. The next fault waits for that
        read: until then, the replica could not notice what the fault does.
        """
        begin = time.time()
        published = not self.needs_publication
        end = time.monotonic() + 60
        while not published and time.monotonic() < end:
            published = self.publish()
            if not published:
                time.sleep(0.5)
        try:
            machine.until(lambda: self.has_converged() and self.reaches_sources(begin), seconds, "all replicas agree")
        except TimeoutError:
            return False
        return True
