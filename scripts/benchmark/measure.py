"""Running programs in turns, and the numbers that come of it."""

import statistics
import subprocess
import tempfile
from dataclasses import dataclass


class Failure(Exception):
    """A reason for which the benchmark cannot run; its text is for the user."""


@dataclass(frozen=True)
class Run:
    """One run of a program, as scripts/benchmark/stopwatch.c saw it."""

    seconds: float
    processor_seconds: float  # user and system
    peak_kib: int


def run(tools, command, folder):
    with tempfile.TemporaryFile() as errors:
        watched = [tools.stopwatch, *command]
        done = subprocess.run(watched, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
        fields = [int(field) for field in done.stdout.split()]
        if done.returncode != 0 or fields[4] != 0:
            errors.seek(0)
            status = f"exit {fields[4]}" if fields else "could not be run"
            said = errors.read().decode(errors="replace").rstrip()
            raise Failure(f"{' '.join(map(str, command))}: {status}, in {folder}\n{said}".rstrip())
    wall, user, system, peak, _ = fields
    return Run(wall / 1e9, (user + system) / 1e6, peak)


def alternate(tools, commands, folder, rounds, warm_ups):
    """Runs the commands in turns, A B A B …, every second round backwards so that what drifts favours none.

    Returns the runs of each command in the order of the rounds, without the warm-ups.
    """
    runs = {name: [] for name in commands}
    for number in range(-warm_ups, rounds):
        order = list(commands.items())
        for name, command in order if number % 2 == 0 else reversed(order):
            result = run(tools, command, folder)
            if number >= 0:
                runs[name].append(result)
    return runs


def median(runs, field):
    return statistics.median(getattr(each, field) for each in runs)


@dataclass(frozen=True)
class Ratio:
    """The median, over the rounds, of what one program took divided by what the other took in the same round."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, measured, reference):
        ratios = [a.seconds / b.seconds for a, b in zip(measured, reference, strict=True)]
        if len(ratios) == 1:
            return cls(*ratios * 3)
        low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
        return cls(middle, low, high)
