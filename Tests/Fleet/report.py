"""The table of a run, and its violations with the part of the log that shows them."""

import json
import statistics
from collections import defaultdict

import checker

# Members of events that explain nothing.
HIDDEN = {"t", "event", "replica", "entry", "etag", "body", "cpu", "pid", "took"}


def table(events, violations):
    """Returns the lines of the table: fault, count, violations, and the time to converge."""
    log = checker.Log(events)
    counts, times, bad = defaultdict(int), defaultdict(list), defaultdict(int)
    for fault in log.faults:
        counts[fault["name"]] += 1
    for _, _, _, late, _, ended in checker.convergences(log):
        for fault in ended:
            times[fault["name"]].append(late)
    for violation in violations:
        bad[cause(log, violation)] += 1
    lines = [f"{'fault':16} {'count':>6} {'violations':>11} {'converged p50':>14} {'max':>8}"]
    for name in [*counts, *(name for name in bad if name not in counts)]:
        known = [late for late in times[name] if late is not None]
        middle = f"{statistics.median(known):.2f} s" if known else "-"
        most = "never" if None in times[name] else f"{max(known):.2f} s" if known else "-"
        lines.append(f"{name:16} {counts.get(name, 0):6} {bad[name]:11} {middle:>14} {most:>8}")
    reads = len(log.by_kind["read"])
    failed = sum(1 for read in log.by_kind["read"] if read["status"] != 200)
    memory = max((sample["memory"] for sample in log.by_kind["sample"]), default=0) >> 20
    lines.append(
        f"{reads} reads ({failed} not 200), {len(log.by_kind['published'])} publications, "
        f"{len(violations)} violations, most memory {memory} MiB"
    )
    lines += [
        f"not made: {event['number'] + 1} {event.get('problem') or event.get('reason')}"
        for event in log.by_kind["not-made"] + log.by_kind["skipped"]
    ]
    return lines


def cause(log, violation):
    """Returns the name of the last fault that began before a violation and struck its replica."""
    before = [fault for fault in log.faults if fault["t"] <= violation.t + 0.5]
    struck = [fault for fault in before[-2:] if violation.replica in fault["replicas"]]
    return (struck or before or [{"name": "none"}])[-1]["name"]


def describe(events, violation, limit=14):
    """Returns a violation with the events around it; equal reads are summed up."""
    log = checker.Log(events)
    number = next((fault for fault in reversed(log.faults) if fault["t"] <= violation.t + 0.5), None)
    where = f" in fault {number['number'] + 1} {number['name']}/{number['variant']}" if number else ""
    lines = [f"{violation.invariant} {violation.replica}: {violation.message}{where}"]
    near = [
        event for event in events
        if abs(event["t"] - violation.t) < 8 and event.get("replica", violation.replica) == violation.replica
    ]
    shown, previous = [], {}
    for event in near:
        kind = event["event"]
        members = {name: event.get(name) for name in ("status", "digest", "serial", "sources", "refused", "state")}
        if kind in ("read", "sample") and previous.get(kind) == members:
            continue
        previous[kind] = members
        shown.append(event)
    middle = sum(1 for event in shown if event["t"] <= violation.t)
    start = max(middle - limit * 2 // 3, 0)
    for event in shown[start:start + limit]:
        members = {name: value for name, value in event.items() if name not in HIDDEN}
        lines.append(f"    {event['t'] - violation.t:+7.2f} s {event['event']:14} {json.dumps(members)[:220]}")
    return lines
