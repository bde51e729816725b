"""A model of many pollers in pure Python, without a network."""

import collections
import functools
import random

# The share of the interval by which polls differ, and the longest wait after failures in seconds.
JITTER, LONGEST = 0.2, 60


def interval(poll, dice):
    return poll * dice.uniform(1 - JITTER, 1 + JITTER)


def back_off(failures, dice, longest=LONGEST):
    return dice.uniform(0, min(longest, 2 ** min(failures, 16)))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def delays(pollers, poll, dice, warm=None):
    """Returns for each poller the time from a publication to the first poll after it.

    The pollers start within one interval, and the publication comes some intervals later.
    """
    warm = 3 * poll if warm is None else warm
    found = []
    for _ in range(pollers):
        at = dice.uniform(0, poll)
        while at < warm:
            at += interval(poll, dice)
        found.append(at - warm)
    return found


def peak(times, width=1.0):
    """Returns the highest number of events in one second."""
    return max(collections.Counter(int(time / width) for time in times).values())


def after_outage(pollers, seconds, dice):
    """Returns for each poller the time of its first request after an outage of a duration."""
    times = []
    for _ in range(pollers):
        at, failures = dice.uniform(0, LONGEST), 0
        while at < seconds:
            failures += 1
            at += back_off(failures, dice)
        times.append(at - seconds)
    return times


def allowed_attempts(duration, longest=LONGEST):
    """Returns how many connections a back-off allows in a time: almost never exceeded, and two for an attempt."""
    return most_attempts(round(duration), longest)


@functools.cache
def most_attempts(duration, longest):
    dice, most = random.Random(1), 0
    for _ in range(3_000):
        elapsed, failures = 0.0, 0
        while elapsed <= duration:
            failures += 1
            elapsed += back_off(failures, dice, longest)
        most = max(most, failures)
    return 2 * (most + 2)
