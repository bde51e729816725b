"""Prints the results: a table for each size, every number with its bar, and a summary."""

import os
import platform
import statistics

from measure import Ratio, median


def milliseconds(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds * 1e3:,.0f} ms"


class Report:
    """Prints as it goes, and keeps the verdicts and the cost a file for the summary."""

    def __init__(self):
        self.verdicts = []  # (what, whether its bar is met)
        self.cost = {}  # program → {files: seconds a file}
        load = os.getloadavg()[0]
        print(f"{processor()}, {len(os.sched_getaffinity(0))} processors, {platform.system()} {platform.release()}")
        print(f"load before the run {load:.2f}" + (", which may disturb it" if load > 0.5 else ""))

    def note(self, text):
        print(f"\n{text}", flush=True)

    def bar(self, what, value, text, bar):
        """Prints one number with its bar, if there is one."""
        verdict = ""
        if bar is not None:
            self.verdicts.append((f"{what} {text} (bar {bar:g})", value <= bar))
            verdict = f"bar {bar:<5g} {'met' if value <= bar else 'MISSED'}"
        print(f"  {what:<38} {text:<26} {verdict}".rstrip(), flush=True)

    def add_size(self, files, total_bytes, threads, runs, time_bar, memory_bar):
        rounds = len(runs["check"])
        self.note(f"{files:,} files of {total_bytes / files:.0f} bytes, {threads} thread{'s'[: threads > 1]}, {rounds} rounds, medians")
        print(f"  {'':<14}{'time':>10}{'a file':>11}{'user+sys':>12}{'at once':>9}{'peak memory':>14}{'a file':>11}")
        for name, each in runs.items():
            seconds, processor_seconds = median(each, "seconds"), median(each, "processor_seconds")
            peak = median(each, "peak_kib")
            self.cost.setdefault(name, {})[files] = seconds / files
            print(
                f"  {name:<14}{milliseconds(seconds):>10}{seconds / files * 1e6:>8.2f} µs"
                f"{milliseconds(processor_seconds):>12}{processor_seconds / seconds:>9.2f}"
                f"{peak / 1024:>10.1f} MiB{peak / files:>7.2f} KiB"
            )
        for name, reference in (("check", "reference"), ("compile", "reference -o")):
            ratio = Ratio.of(runs[name], runs[reference])
            text = f"{ratio.median:.3f} ({ratio.low:.3f} to {ratio.high:.3f})"
            self.bar(f"{files:,}: {name} time ÷ {reference}", ratio.median, text, time_bar)
        for name in ("check", "compile"):
            peak = median(runs[name], "peak_kib") / files
            self.bar(f"{files:,}: {name} peak memory", peak, f"{peak:.2f} KiB a file", memory_bar)

    def add_instructions(self, files, counts, bar):
        self.note(f"Instructions on {files:,} files, one processor (callgrind)")
        for name, count in counts.items():
            print(f"  {name:<14}{count:>16,}{count / files:>12,.0f} a file")
        for name in ("check", "compile"):
            ratio = counts[name] / counts["reference"]
            self.bar(f"{name} instructions ÷ reference", ratio, f"{ratio:.3f}", bar)

    def add_start(self, runs, bar):
        self.note(f"The start: roster check on the example, {len(runs['check'])} rounds, medians")
        for name, each in runs.items():
            print(f"  {name:<14}{milliseconds(median(each, 'seconds')):>10}{median(each, 'peak_kib') / 1024:>10.1f} MiB")
        ratio = Ratio.of(runs["check"], runs["python3"])
        text = f"{ratio.median:.3f} ({ratio.low:.3f} to {ratio.high:.3f})"
        self.bar("start: check ÷ python3 -c pass", ratio.median, text, bar)

    def add_decoding(self, files, rounds, bar):
        self.note(f"Reading a compiled registry of {files:,} files, {len(rounds)} rounds in one process, medians")
        for name, values in zip(("compile", "decode"), zip(*rounds)):
            print(f"  {name:<14}{milliseconds(statistics.median(values) / 1e3):>10}")
        ratio = statistics.median(decode / compiling for compiling, decode in rounds)
        self.bar("decode ÷ compile", ratio, f"{ratio:.2f}", bar)

    def add_review(self, files, changed, runs, factor, start):
        first, *others = runs
        self.note(f"{files:,} files of which {changed} changed, {len(runs[first])} rounds, medians")
        for name, each in runs.items():
            print(f"  {name:<16}{milliseconds(median(each, 'seconds')):>10}{median(each, 'peak_kib') / 1024:>10.1f} MiB")
        most = factor * median(runs[first], "seconds") + start
        for name in others:
            share = median(runs[name], "seconds") / most
            text = f"{share:.3f} of {milliseconds(most)}, ×{Ratio.of(runs[name], runs[first]).median:.1f}"
            self.bar(f"{name} ÷ ({factor} × {first} + {start * 1e3:.0f} ms)", share, text, 1)

    def finish(self):
        sizes = sorted(next(iter(self.cost.values()), ()))
        if len(sizes) > 1:
            self.note("Time a file, beside that of the smallest repository")
            print(f"  {'':<14}" + "".join(f"{size:>20,}" for size in sizes))
            for name, cost in self.cost.items():
                cells = [f"{cost[size] * 1e6:.2f} µs ×{cost[size] / cost[sizes[0]]:.2f}" for size in sizes]
                print(f"  {name:<14}" + "".join(f"{cell:>20}" for cell in cells))
        missed = [what for what, met in self.verdicts if not met]
        if self.verdicts:
            self.note(f"{len(self.verdicts) - len(missed)} of {len(self.verdicts)} bars met.")
        for what in missed:
            print(f"  MISSED  {what}")


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    except OSError:
        models = []
    return models[0] if models else platform.machine()
