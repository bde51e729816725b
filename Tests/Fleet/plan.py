"""The plan of a run: which faults come, in which order and for how long. The same seed gives the same plan."""

import random
from dataclasses import asdict, dataclass

# The faults with their weights, which are the counts in a run of 200, and their variants.
WEIGHTS = {
    "kill-etcd": (25, ["leader", "follower"]),
    "stop-etcd": (25, ["watched", "watched", "two"]),
    "partition": (25, [
        "replica-etcd", "replica-etcd-up", "replica-etcd-down", "replica-cut", "etcd-etcd", "etcd-etcd-up",
        "etcd-etcd-down",
    ]),
    "kill-replica": (25, ["idle", "idle", "idle", "publishing", "publishing"]),
    "compaction": (10, ["defragmented"]),
    "stop-source": (15, ["registry", "nginx", "429", "503", "401"]),
    "corrupt": (20, [
        "blob", "truncated", "length", "bomb", "huge", "data", "included", "html", "redirects", "metadata",
        "invalid-registry",
    ]),
    "replay": (15, ["rolled-back", "equivocation", "future"]),
    "untrusted": (15, [
        "unsigned", "wrong-key", "channel", "other-bytes", "rotation", "trust-emptied", "opens-server",
    ]),
    "expiry": (10, ["at-arrival", "while-served", "clock"]),
    "state": (10, ["full", "read-only", "envelope", "blob", "locked"]),
    "slow": (5, ["throttled", "loris"]),
    # Each once in a run of 200.
    "start": (3, ["last-good", "nothing", "expired"]),
}
# The longest time that a fault lasts: in seconds, for a long and a short run.
LONGEST = {"kill-etcd": (10, 3), "stop-etcd": (30, 5), "partition": (20, 4), "stop-source": (60, 4), "slow": (15, 4)}


@dataclass(frozen=True)
class Entry:
    """A fault of the plan."""

    number: int
    name: str
    variant: str
    # How long it lasts, for faults that last.
    seconds: float
    # Whether the next fault begins before this one ends.
    overlaps: bool
    # The seed of everything else that is random in it.
    dice: str

    def rolls(self):
        return random.Random(self.dice)


def counts(total):
    """Divides a number of faults by the weights; the largest remainders are rounded up."""
    sum_of_weights = sum(weight for weight, _ in WEIGHTS.values())
    exact = {name: total * weight / sum_of_weights for name, (weight, _) in WEIGHTS.items()}
    rounded = {name: int(count) for name, count in exact.items()}
    order = sorted(exact, key=lambda name: rounded[name] - exact[name])
    for name in order[:total - sum(rounded.values())]:
        rounded[name] += 1
    return rounded


def make(seed, total, only=None):
    """Returns the entries of a run; `only` names a fault, or a fault and a variant as `corrupt/blob`."""
    dice = random.Random(f"fleet {seed}")
    name, _, variant = (only or "").partition("/")
    if only and (name not in WEIGHTS or variant and variant not in WEIGHTS[name][1]):
        raise ValueError(f"there is no fault {only}; there are: {', '.join(WEIGHTS)}")
    numbers = {name: total} if only else counts(total)
    chosen = []
    for each, count in numbers.items():
        variants = list(WEIGHTS[each][1])
        dice.shuffle(variants)
        # Every variant comes before one comes again.
        chosen += [(each, variant or variants[number % len(variants)]) for number in range(count)]
    dice.shuffle(chosen)
    entries = []
    for number, (each, variant) in enumerate(chosen):
        longest = LONGEST.get(each, (5, 3))[0 if total > 50 else 1]
        seconds = round(dice.uniform(0.5, longest), 2)
        entries.append(Entry(number, each, variant, seconds, dice.random() < 0.25, f"{seed}-{number}"))
    return entries


def groups(entries, touches):
    """Groups faults that run at the same time: two at most, and only if they touch different things."""
    grouped = []
    for entry in entries:
        last = grouped[-1] if grouped else []
        if len(last) == 1 and last[0].overlaps and not touches(last[0]) & touches(entry):
            last.append(entry)
        else:
            grouped.append([entry])
    return grouped


def as_json(entry):
    return asdict(entry)
