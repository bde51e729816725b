"""Faults of replicas: killed, with a damaged or full state folder, with another clock, without a source at start."""

import subprocess
import time

import machine
from faults import fault, in_background, target, wait
from hostile import replace


def restart(fleet, replica, within=None, **members):
    """Starts a replica; `within` is the time in which it must serve what it had."""
    replica.start(**members)
    if within:
        fleet.journal.write("expect-start", replica.program.started, replica=replica.name, within=within)


def chosen(fleet, entry):
    return fleet.replicas[target(fleet, entry.rolls(), entry)]


@fault("kill-replica")
def kill_replica(fleet, entry, dice):
    replica = chosen(fleet, entry)
    publisher = None
    if entry.variant == "publishing":
        publisher = in_background(fleet.publish)
        # From before the publication begins until it is activated.
        time.sleep(dice.uniform(0, 1.2))
    replica.kill()
    restart(fleet, replica, within=1.0)
    if publisher:
        publisher.join()
    wait(lambda: fleet.readers[replica.name].served_since(replica.program.started), 2 * fleet.patience)


@fault("state")
def state(fleet, entry, dice):
    replica = chosen(fleet, entry)
    if entry.variant in ("full", "read-only"):
        return fill(fleet, replica, entry)
    if entry.variant == "locked":
        second = subprocess.Popen(
            [*replica.program.command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=replica.program.environment,
        )
        try:
            code = second.wait(timeout=10 * fleet.patience)
        except subprocess.TimeoutExpired:
            second.kill()
            code = second.wait()
        fleet.journal.write("locked", replica=replica.name, code=code)
        return None
    replica.kill()
    if entry.variant == "envelope":
        path = replica.state / "publication.dsse"
        damaged = bytearray(path.read_bytes())
        del damaged[dice.randrange(len(damaged)):]
        replace(path, bytes(damaged))
        # What it had is unknown to it now.
        fleet.journal.write("state-lost", replica=replica.name)
    else:
        for path in replica.state.glob("registry-*"):
            damaged = bytearray(path.read_bytes())
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
            path.write_bytes(bytes(damaged))
    restart(fleet, replica)
    wait(lambda: fleet.readers[replica.name].served_since(replica.program.started), fleet.bound([replica.name]) + 1)
    return None


def fill(fleet, replica, entry):
    """Makes the state folder a disk that is full or cannot be written, while a publication comes."""
    replica.kill()
    replica.lose_state()
    with fleet.publishing:
        kind = machine.SmallDisk if entry.variant == "full" else machine.FixedFolder
        disk = kind(replica.state) if machine.can_limit(kind) else None
        if disk is None:
            fleet.journal.write("skipped", number=entry.number, reason=f"a {kind.__name__} needs root")
        try:
            restart(fleet, replica)
            wait(lambda: fleet.has_converged([replica.name]), fleet.bound([replica.name]) + 1)
            if disk:
                disk.fill()
            fleet.publish()
            bound = fleet.bound([replica.name])
            fleet.journal.write("expect-serial", serial=fleet.newest[0], replicas=[replica.name], within=bound)
            if disk:
                fleet.journal.write("expect-state", replica=replica.name, within=bound)
            wait(lambda: fleet.has_converged([replica.name]), bound + 1)
            time.sleep(1)
        finally:
            replica.kill()
            if disk:
                disk.remove()
            replica.lose_state()
            restart(fleet, replica)


def change_clock(fleet, entry):
    """Sets the clock of one replica an hour back, then an hour ahead, while publications come."""
    if machine.FAKETIME is None:
        fleet.journal.write("skipped", number=entry.number, reason="libfaketime is missing")
        return
    replica = chosen(fleet, entry)
    with fleet.publishing:
        # It expires soon, and a clock that is set back must not revive it.
        short = fleet.draft(valid_for=fleet.bound(fleet.replicas) + 1).sign(fleet.key)
        fleet.publish_directly(short)
        wait(fleet.has_converged, fleet.bound(fleet.replicas))
        replica.kill()
        restart(fleet, replica, clock="+0")
        time.sleep(max(short.expires_at - time.time(), 0) + fleet.skew + 1)
        for clock in ("-1h", "+1h"):
            replace(replica.folder / "clock", f"{clock}\n".encode())
            time.sleep(2)
            if clock == "+1h":
                fleet.publish()
                time.sleep(2)
        replica.kill()
        restart(fleet, replica)


@fault("start")
def start(fleet, entry, dice):
    replica = chosen(fleet, entry)
    links = replica.links.values()
    if entry.variant == "expired":
        with fleet.publishing:
            short = fleet.draft(valid_for=fleet.bound(fleet.replicas) + 1).sign(fleet.key)
            fleet.publish_directly(short)
            wait(lambda: fleet.has_converged([replica.name]), fleet.bound([replica.name]) + 1)
            without_source(fleet, replica, links, max(short.expires_at - time.time(), 0) + fleet.skew + 1, "none")
            fleet.needs_publication = True
        return
    is_empty = entry.variant == "nothing"
    without_source(fleet, replica, links, 0, "none" if is_empty else "last good", is_empty)


def without_source(fleet, replica, links, pause, served, is_empty=False):
    """Starts a replica whose sources do not answer, and records what it must serve until they do."""
    replica.kill()
    if is_empty:
        replica.lose_state()
    for link in links:
        link.change(is_cut=True)
    try:
        time.sleep(pause)
        restart(fleet, replica, within=1.0 if served == "last good" else None)
        time.sleep(2 * fleet.patience)
        fleet.journal.write("expect-served", replica=replica.name, begin=replica.program.started, served=served)
        time.sleep(0.5)
    finally:
        for link in links:
            link.heal()
