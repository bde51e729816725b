"""The log of a run as JSON lines: everything that the checker may know."""

import json
import time


class Journal:
    """Writes events, each with the time at which it happened."""

    def __init__(self, path):
        self.path = path
        self.stream = open(path, "w", buffering=1)

    def write(self, event, t=None, **members):
        self.stream.write(json.dumps({"t": round(t or time.time(), 4), "event": event, **members}) + "\n")

    def close(self):
        self.stream.close()


def read(path):
    """Returns the events of a log in the order of their times."""
    with open(path) as stream:
        return sorted((json.loads(line) for line in stream), key=lambda event: event["t"])
