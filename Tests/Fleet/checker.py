"""Checks the log of a run against the invariants. It knows nothing but the log.

I1 every response has a published body, and its ETag     I5 reads do not fail while a valid publication is there
I2 the serial of a replica never falls                   I6 every bad publication is counted under its reason
I3 nothing is served after it expired                    I7 memory, descriptors, exits, and requests to dead sources
I4 all replicas serve the newest in time                 I8 no credential is in any output
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import model

# How much a replica may grow in memory (bytes) and in descriptors, beyond what it had in the first quiet time.
MEMORY, DESCRIPTORS = 48 << 20, 16
# The time that a request or a sample takes on a loaded machine.
SLACK = 1.0


@dataclass(frozen=True)
class Violation:
    """A place in the log at which an invariant does not hold."""

    invariant: str
    t: float
    replica: str
    message: str


def seconds(time):
    """Returns a time of a publication as seconds since 1970; None when the log does not have it."""
    if time is None or isinstance(time, (int, float)):
        return time
    return datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()


class Log:
    """The events of a run by kind and by replica."""

    def __init__(self, events):
        self.events = events
        self.by_kind = defaultdict(list)
        for event in events:
            self.by_kind[event["event"]].append(event)
        self.run = self.by_kind["run"][0]
        self.kinds = self.run["replicas"]
        self.patience = self.run["patience"]
        self.of_replica = {
            kind: self.group(kind) for kind in ("read", "sample", "start", "kill", "state-lost", "stop")
        }
        # What was offered, from when on; what was published in the end.
        self.offered, self.published = {}, defaultdict(list)
        for event in self.by_kind["publishing"]:
            self.offered.setdefault(event["digest"], event["t"])
        for event in self.by_kind["published"] + self.by_kind["publish-failed"]:
            if event.get("serial"):
                self.published[event["digest"]].append(event)
        self.faults = self.durations()

    def group(self, kind):
        grouped = {name: [] for name in self.kinds}
        for event in self.by_kind[kind]:
            grouped[event["replica"]].append(event)
        return grouped

    def durations(self):
        """Returns the faults, each with the time at which it was undone."""
        healed = {event["number"]: event["t"] for event in self.by_kind["healed"]}
        end = self.events[-1]["t"]
        return [event | {"end": healed.get(event["number"], end)} for event in self.by_kind["fault"]]

    def serial(self, digest):
        """Returns the highest serial under which a registry was published."""
        return max((event["serial"] for event in self.published.get(digest, [])), default=None)

    def expires(self, digest):
        known = [seconds(event.get("expires")) for event in self.published.get(digest, [])]
        return None if not known or None in known else max(known)

    def since(self, kind, replica, t):
        """Returns the events of a replica from a time on."""
        events = self.of_replica[kind][replica]
        return events[bisect_left(events, t, key=lambda event: event["t"]):]


def check(events):
    """Returns the violations in a log."""
    log = Log(events)
    found = []
    for rule in (bodies, serials, expiries, convergence, reads, refusals, resources, expectations):
        found += rule(log)
    found += [
        Violation("I8", event["t"], event["replica"], f"a credential ({event['canary']}…) is in the {event['place']}")
        for event in log.by_kind["credential"]
    ]
    return sorted(found, key=lambda violation: violation.t)


def bodies(log):
    for read in log.by_kind["read"]:
        if read["status"] != 200:
            continue
        if read["body"] != read["etag"]:
            yield Violation("I1", read["t"], read["replica"], f"the body is {read['body']}, and its ETag {read['etag']}")
        offered = log.offered.get(read["digest"])
        if offered is None or offered > read["t"] + read["took"]:
            yield Violation("I1", read["t"], read["replica"], f"{read['digest']} was not published")


def serials(log):
    for name in log.kinds:
        losses = [event["t"] for event in log.of_replica["state-lost"][name]]
        for kind in ("read", "sample"):
            highest, at = None, 0
            for event in log.of_replica[kind][name]:
                if kind == "read":
                    serial = log.serial(event["digest"]) if event["status"] == 200 else None
                else:
                    serial = event["serial"]
                if any(at < loss <= event["t"] for loss in losses):
                    highest = None
                at = event["t"]
                if serial is not None and highest is not None and serial < highest:
                    yield Violation("I2", at, name, f"the serial falls from {highest} to {serial} ({kind})")
                highest = serial if serial is not None else highest


def expiries(log):
    for name in log.kinds:
        reported = set()
        for read in log.of_replica["read"][name]:
            expires = log.expires(read["digest"]) if read["status"] == 200 else None
            late = expires and read["t"] - expires - log.run["skew"]
            if late and late > SLACK * log.patience and read["digest"] not in reported:
                reported.add(read["digest"])
                yield Violation("I3", read["t"], name, f"{read['digest']} is served {late:.1f} s after expiry and skew")


def bound(log, name, outage):
    """Returns the time in which a replica must have the newest, after a fault of a duration that struck its source."""
    if "etcd" in log.kinds[name]:
        return 5 * log.patience
    # A poller that failed waits up to 60 s; the longer it failed, the longer.
    return (1.2 * log.run["poll"] + 1 + (min(60, 4 * (outage + 1)) if outage else 0)) * log.patience


def convergences(log):
    """Returns for every replica and every time without a fault: when it begins, the time to converge, and the bound.

    The time is missing when the replica did not converge.
    """
    last = log.events[0]["t"]
    for settled in log.by_kind["settled"]:
        t = settled["t"]
        ended = [fault for fault in log.faults if last < fault["end"] <= t]
        published = [event for event in log.by_kind["published"] if event["t"] <= t]
        last = t
        if not published:
            continue
        newest = published[-1]
        begin = max([newest["t"], *(fault["end"] for fault in ended)])
        for name in log.kinds:
            outage = max((fault["end"] - fault["t"] for fault in ended if name in fault["replicas"]), default=0)
            served = next(
                (read["t"] + read["took"] for read in log.since("read", name, newest["t"] - SLACK)
                 if read["status"] == 200 and read["digest"] == newest["digest"]), None,
            )
            late = None if served is None or served > t + SLACK else max(served - begin, 0)
            yield begin, t, name, late, bound(log, name, outage), ended


def convergence(log):
    for begin, t, name, late, allowed, _ in convergences(log):
        # The first publication comes before the replicas start.
        if begin < log.of_replica["start"][name][0]["t"]:
            continue
        if late is None:
            yield Violation("I4", t, name, f"does not serve the newest {t - begin:.1f} s after the last fault")
        elif late > allowed + SLACK / 2:
            yield Violation("I4", begin + late, name, f"serves the newest after {late:.1f} s, not {allowed:.1f} s")
        last = [sample for sample in log.of_replica["sample"][name] if sample["t"] <= t][-1:]
        for kind, source in zip(log.kinds[name], last[0]["sources"] if last else []):
            if source["state"] != "up":
                yield Violation("I4", t, name, f"does not read its source {kind} {t - begin:.1f} s after the last fault")


def reads(log):
    for name in log.kinds:
        starts = [event["t"] for event in log.of_replica["start"][name]]
        kills = [event["t"] for event in log.of_replica["kill"][name] + log.of_replica["stop"][name]]
        served, expires, next_start, last = False, None, 0, 0
        for read in log.of_replica["read"][name]:
            while next_start < len(starts) and starts[next_start] <= read["t"]:
                served, next_start = False, next_start + 1
            if read["status"] == 200:
                served, expires = True, log.expires(read["digest"])
            elif served and not (expires and read["t"] + read["took"] > expires - SLACK):
                # A request under way when the replica is killed may fail.
                if any(read["t"] - 0.1 <= kill <= read["t"] + read["took"] + 0.3 for kill in kills):
                    continue
                if read["t"] - last > 1:
                    problem = read.get("problem") or read["status"]
                    yield Violation("I5", read["t"], name, f"a read fails ({problem}) although there is a publication")
                last = read["t"]


def refusals(log):
    for bad in log.by_kind["bad"]:
        fault = next(each for each in log.faults if each["number"] == bad["number"])
        others = [
            each for each in log.faults
            if each["number"] != bad["number"] and each["t"] < bad["t"] + bad["within"] and each["end"] > fault["t"]
        ]
        for name in bad["replicas"]:
            if any(name in other["replicas"] for other in others):
                continue
            before = [sample for sample in log.of_replica["sample"][name] if sample["t"] < fault["t"]][-1:]
            if not before:
                continue
            end = bad["t"] + bad["within"] + SLACK * log.patience
            after = [sample for sample in log.since("sample", name, fault["t"]) if sample["t"] <= end]
            reasons = bad["reasons"]

            def counted(sample):
                # The counts of a process that started after the sample before begin with zero.
                counts = before[0]["refused"] if sample["pid"] == before[0]["pid"] else {}
                return {reason: count for reason, count in sample["refused"].items() if count > counts.get(reason, 0)}

            if not any(reason in counted(sample) for sample in after for reason in reasons):
                seen = {reason: count for sample in after[-1:] for reason, count in counted(sample).items()}
                what = f"is not counted as {' or '.join(reasons)}, but as {seen or 'nothing'}"
                yield Violation("I6", bad["t"], name, f"the bad publication {what}")
            elif not any(source["reason"] in reasons for sample in after for source in sample["sources"]):
                seen = sorted({source["reason"] for sample in after for source in sample["sources"]} - {None})
                yield Violation("I6", bad["t"], name, f"/status does not have {' or '.join(reasons)}, but {seen}")


def resources(log):
    for name in log.kinds:
        samples = log.of_replica["sample"][name]
        for pid in {sample["pid"] for sample in samples}:
            own = [sample for sample in samples if sample["pid"] == pid]
            first = own[:10]
            memory = max(sample["memory"] for sample in first)
            worst = max(own, key=lambda sample: sample["memory"])
            if worst["memory"] > memory + MEMORY:
                grown = (worst["memory"] - memory) >> 20
                yield Violation("I7", worst["t"], name, f"needs {grown} MiB more memory than in its first seconds")
            usual = max(sample["descriptors"] for sample in first)
            last = min((sample["descriptors"] for sample in own[-6:]), default=0)
            if last > usual + DESCRIPTORS:
                yield Violation("I7", own[-1]["t"], name, f"has {last} open descriptors, and had {usual} at first")
        for stop in log.of_replica["stop"][name]:
            if not stop["was_running"] or stop["code"] != 0:
                how = f"ended with {stop['code']}" if stop["was_running"] else f"was not running (code {stop['code']})"
                yield Violation("I7", stop["t"], name, how)
    for event in log.by_kind["attempts"]:
        duration = event["end"] - event["begin"]
        # A watcher must notice within seconds that etcd is back.
        allowed = model.allowed_attempts(duration, 5 if "etcd" in event["link"] else 60)
        if event["count"] > allowed:
            many = f"{event['count']} connections in {duration:.0f} s, at most {allowed} are allowed"
            yield Violation("I7", event["end"], event["link"].partition("-")[0], f"{many} ({event['link']})")
    for event in log.by_kind["locked"]:
        if event["code"] != 3:
            yield Violation("I7", event["t"], event["replica"], f"a second with its state ends with {event['code']}, not 3")


def expectations(log):
    for event in log.by_kind["expect-serial"]:
        for name in event["replicas"]:
            end = event["t"] + event["within"] + SLACK
            reads = [read for read in log.since("read", name, event["t"] - 60) if read["t"] <= end]
            if not any(read["status"] == 200 and (log.serial(read["digest"]) or 0) >= event["serial"] for read in reads):
                yield Violation("I4", end, name, f"does not serve {event['serial']} within {event['within']:.0f} s")
    for event in log.by_kind["expect-published"]:
        if not event["succeeds"]:
            yield Violation("I4", event["t"], event["replica"], "publishes nothing although a majority of etcd is there")
    for event in log.by_kind["expect-start"]:
        name, within = event["replica"], event["within"] * log.patience
        first = next((read for read in log.since("read", name, event["t"]) if read["status"] == 200), None)
        if first is None or first["t"] + first["took"] > event["t"] + within:
            took = "not at all" if first is None else f"{first['t'] + first['took'] - event['t']:.1f} s after its start"
            yield Violation("I5", event["t"], name, f"serves its last publication {took}, not within {within:.1f} s")
    for event in log.by_kind["expect-state"]:
        name, end = event["replica"], event["t"] + event["within"] + SLACK
        samples = [sample for sample in log.since("sample", name, event["t"] - 10) if sample["t"] <= end]
        if not any(sample["state"] for sample in samples):
            yield Violation("I6", event["t"], name, "/status does not report that the state cannot be written")
    for event in log.by_kind["expect-served"]:
        name = event["replica"]
        reads = [read for read in log.since("read", name, event["begin"]) if read["t"] <= event["t"]]
        good = [read for read in reads if read["status"] == 200]
        if event["served"] == "none" and good:
            yield Violation("I3", good[0]["t"], name, "serves a publication, but must not have a valid one")
        if event["served"] != "none" and not good:
            yield Violation("I5", event["t"], name, "does not serve its last publication while its sources are down")
