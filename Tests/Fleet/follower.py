"""A replica, its links to the sources, and the reader that never stops to ask it."""

import contextlib
import hashlib
import http.client
import json
import re
import shutil
import threading
import time

import machine
from engines import ETCD_PASSWORD, OCI_PASSWORD, PREFIX
from hostile import CHANNEL, REPOSITORY
from machine import Program

TOKEN = "sk_" + "f" * 43
BEARER = "canary-bearer-c07d99a1"
CANARIES = [TOKEN, BEARER, OCI_PASSWORD, ETCD_PASSWORD]
LIST = "/api/v1/ai-providers"


class Replica:
    """One `roster serve --from`, started with the flags that a unit file would have."""

    def __init__(self, fleet, name, kinds):
        self.fleet, self.name, self.kinds = fleet, name, kinds
        self.folder = fleet.folder / name
        self.folder.mkdir()
        self.state = self.folder / "state"
        self.log = self.folder / "log"
        self.trust = self.folder / "trust.pem"
        self.trust.write_text(fleet.key.public_pem())
        self.links = {}
        self.program, self.port, self.skipped = None, None, 0
        self.is_down = True
        etcd = fleet.etcd
        for kind in kinds:
            if kind == "etcd":
                for number, port in enumerate(etcd.ports):
                    self.links[f"etcd{number}"] = fleet.link(f"{name}-etcd{number}", port)
            elif kind != "dir":
                port = fleet.registry.port if kind == "oci" else fleet.nginx.port
                self.links[kind] = fleet.link(f"{name}-{kind}", port)

    def sources(self):
        for kind in self.kinds:
            if kind == "etcd":
                hosts = ",".join(f"127.0.0.1:{self.links[f'etcd{number}'].port}" for number in range(3))
                yield f"etcd://{hosts}/{PREFIX.rstrip('/')}"
            elif kind == "oci":
                yield f"oci://127.0.0.1:{self.links['oci'].port}/{REPOSITORY}:{CHANNEL}"
            elif kind == "https":
                yield f"http://127.0.0.1:{self.links['https'].port}/"
            else:
                yield f"dir:{self.fleet.layout}"

    def start(self, clock=None):
        """Starts the program; a clock is what libfaketime takes, such as `-1h`."""
        (self.folder / "etcd-password").write_text(ETCD_PASSWORD)
        (self.folder / "bearer").write_text(BEARER)
        auths = {"auths": {f"127.0.0.1:{link.port}": {"username": "fleet", "password": OCI_PASSWORD}
                           for kind, link in self.links.items() if kind == "oci"}}
        (self.folder / "auth.json").write_text(json.dumps(auths))
        for name in ("etcd-password", "bearer", "auth.json"):
            (self.folder / name).chmod(0o600)
        self.skipped = self.log.stat().st_size if self.log.exists() else 0
        if reader := self.fleet.readers.get(self.name):
            # What the program served before it was killed does not count.
            reader.newest = None
        command = [self.fleet.program, "serve"]
        for source in self.sources():
            command += ["--from", source]
        command += [
            "--trust", self.trust, "--state", self.state, "--poll", f"{self.fleet.poll}s", "--port", "0",
            "--skew", f"{self.fleet.skew}s", "--auth-file", self.folder / "auth.json", "--plain-http",
        ]
        environment = {
            "ROSTER_ETCD_USER": "fleet", "ROSTER_ETCD_PASSWORD_FILE": str(self.folder / "etcd-password"),
            "ROSTER_BEARER_FILE": str(self.folder / "bearer"), "HOME": str(self.folder),
        }
        if clock is not None:
            environment |= machine.faketime(self.folder, clock)
        self.program = Program(command, self.log, environment).start()
        self.port = None
        self.fleet.journal.write("start", self.program.started, replica=self.name, pid=self.program.pid)
        self.is_down = False

    def find_port(self):
        """Returns the port that the log names since the last start; None before that."""
        if self.port is None and self.log.exists():
            with open(self.log, "rb") as stream:
                stream.seek(self.skipped)
                if found := re.search(rb"listening on http://127\.0\.0\.1:(\d+)", stream.read(1 << 20)):
                    self.port = int(found[1])
        return self.port

    def kill(self):
        self.is_down = True
        self.fleet.journal.write("kill", replica=self.name)
        self.program.kill()

    def lose_state(self):
        shutil.rmtree(self.state, ignore_errors=True)
        self.fleet.journal.write("state-lost", replica=self.name)


class Reader(threading.Thread):
    """Requests the list of a replica all the time, and records what comes."""

    def __init__(self, replica, interval=0.05):
        super().__init__(daemon=True)
        self.replica, self.interval = replica, interval
        self.is_stopping = False
        self.connection, self.port = None, None
        # The digest of the last read, its time, and the last sample.
        self.newest, self.served, self.latest = None, 0, None

    def run(self):
        while not self.is_stopping:
            begin = time.monotonic()
            if not self.replica.is_down:
                self.step()
            time.sleep(max(self.interval - (time.monotonic() - begin), 0.005))

    def get(self, path):
        """Returns the response and its body, on a connection that is kept."""
        port = self.replica.find_port()
        if port is None:
            raise OSError("not listening yet")
        if self.connection is None or self.port != port:
            self.connection, self.port = http.client.HTTPConnection("127.0.0.1", port, timeout=10), port
        try:
            self.connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
            answer = self.connection.getresponse()
            return answer, answer.read()
        except BaseException:
            self.connection.close()
            self.connection = None
            raise

    def step(self):
        replica, start = self.replica, time.time()
        program = replica.program
        try:
            answer, body = self.get(LIST)
        except (OSError, http.client.HTTPException) as error:
            if not replica.is_down and replica.program is program:
                self.write(start, 0, problem=type(error).__name__)
            return
        self.write(
            start, answer.status, digest=answer.getheader("Roster-Digest"), etag=(answer.getheader("ETag") or "").strip('"'),
            body="sha256:" + hashlib.sha256(body).hexdigest(),
        )
        if answer.status == 200:
            self.newest, self.served = answer.getheader("Roster-Digest"), start

    def served_since(self, start):
        """Returns whether a read of the time after a start succeeded."""
        return self.served > start

    def write(self, start, status, **members):
        took = round(time.time() - start, 4)
        self.replica.fleet.journal.write("read", start, replica=self.replica.name, status=status, took=took, **members)


class Sampler(Reader):
    """Reads the status, the metrics and the memory of a replica, and looks for credentials in them."""

    def __init__(self, replica):
        super().__init__(replica, 0.5)

    def step(self):
        replica, start = self.replica, time.time()
        try:
            answer, status = self.get("/status")
            metrics = self.get("/metrics")[1]
            memory, descriptors, cpu = machine.usage(replica.program.pid)
            shown = machine.command_line(replica.program.pid)
            value = json.loads(status)
        except (OSError, http.client.HTTPException, ValueError):
            return
        members = {
            "pid": replica.program.pid, "memory": memory, "descriptors": descriptors, "cpu": round(cpu, 2),
            **self.summary(value), "refused": self.refused(metrics),
        }
        self.latest = members | {"t": start}
        replica.fleet.journal.write("sample", start, replica=replica.name, **members)
        for place, text in (("status", status), ("metrics", metrics), ("process list", shown)):
            replica.fleet.scan(place, text, replica.name)

    @staticmethod
    def summary(value):
        publication = value.get("publication") or {}
        sources = [
            {"state": source.get("state"), "reason": (source.get("failure") or {}).get("reason")}
            for source in value.get("sources") or []
        ]
        failure = (value.get("state") or {}).get("failure")
        return {
            "serial": publication.get("serial"), "freshness": value.get("freshness"), "sources": sources,
            "state": failure and (failure.get("reason") if isinstance(failure, dict) else str(failure)),
        }

    @staticmethod
    def refused(metrics):
        found = re.findall(rb'(?m)^roster_publication_refused_total\{reason="([a-z-]+)"\} (\d+)', metrics)
        return {reason.decode(): int(count) for reason, count in found if count != b"0"}


@contextlib.contextmanager
def reading(fleet):
    """Reads from all replicas of a fleet until the end of the block."""
    fleet.readers = {name: Reader(replica) for name, replica in fleet.replicas.items()}
    fleet.samplers = {name: Sampler(replica) for name, replica in fleet.replicas.items()}
    threads = [*fleet.readers.values(), *fleet.samplers.values()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.is_stopping = True
        for thread in threads:
            thread.join(timeout=15)
