"""Runs a plan of faults against a fleet."""

import subprocess
import sys
import threading
import time
import traceback

import faults
import faults_content  # noqa: F401 - declares its faults
import faults_replicas  # noqa: F401 - declares its faults
import plan
from engines import Unavailable
from fleet import CARRIER_OF, Fleet
from follower import reading


def run(folder, program, entries, patience=1.0, poll=2, prints=print):
    """Runs the entries of a plan, and returns the path of the log."""
    fleet = Fleet(folder, program, poll=poll, patience=patience)
    try:
        fleet.start()
        with reading(fleet):
            first = fleet.settle(30)
            fleet.journal.write("settled", converged=first)
            if not first:
                prints("error: the fleet does not serve the first publication; see the logs in " + str(fleet.folder))
                return fleet.journal.path
            for group in plan.groups(entries, lambda entry: faults.touches(entry, fleet)):
                run_group(fleet, group, prints)
    finally:
        fleet.stop()
    return fleet.journal.path


def run_group(fleet, group, prints):
    """Runs faults at the same time, and then waits for the fleet to agree."""
    begin = time.monotonic()
    threads = [threading.Thread(target=run_entry, args=(fleet, entry), daemon=True) for entry in group]
    for thread in threads:
        thread.start()
        # The second begins while the first is on.
        time.sleep(min(0.3, group[0].seconds / 2))
    for thread in threads:
        thread.join()
    healed = time.monotonic()
    converged = fleet.settle(patience_of(fleet))
    fleet.journal.write("settled", converged=converged)
    names = " + ".join(f"{entry.name}/{entry.variant}" for entry in group)
    result = f"served everywhere {time.monotonic() - healed:.1f} s later" if converged else "NOT served everywhere"
    prints(f"{group[0].number + 1:4} {names:44} {healed - begin:5.1f} s, {result}")
    sys.stdout.flush()


def patience_of(fleet):
    """Returns the time after which a fleet that does not agree is given up, for the checker to see."""
    # The time until a source is read again has a random part, and 60 seconds are the most.
    return (10 + 1.2 * fleet.poll + 60) * fleet.patience


def run_entry(fleet, entry):
    """Runs one fault, and records its begin and its end."""
    touched = faults.touches(entry, fleet)
    struck = [
        name for name, kinds in fleet.mixes.items()
        if faults.is_affected(touched, kinds, name, CARRIER_OF)
    ]
    fleet.journal.write(
        "fault", number=entry.number, name=entry.name, variant=entry.variant, replicas=struck, entry=plan.as_json(entry),
        content="content" in touched,
    )
    try:
        faults.FAULTS[entry.name](fleet, entry, entry.rolls())
    except (Unavailable, OSError, TimeoutError, subprocess.SubprocessError) as error:
        # The harness could not make the fault; the run goes on, and the report names it.
        fleet.journal.write("not-made", number=entry.number, problem=f"{type(error).__name__}: {error}"[:500],
                            place=traceback.format_exc()[-800:])
    finally:
        fleet.journal.write("healed", number=entry.number)
