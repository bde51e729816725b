"""The benchmark of scripts/bench: its measurements, their order, and their bars."""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import prepare
import review
import sealing
from measure import Failure, alternate
from report import Report

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"
ROUNDS = {1_000: 100, 10_000: 40, 100_000: 11}
WARM_UPS = 2
START_ROUNDS = 40

# The most that each may be. Time and instructions are multiples of the reference's, start of Python's, memory is in KiB
# a file; a repository of 1,000 files has no bar for memory, since there it is the program and not the files.
TIME_BARS = {10_000: 1.25, 100_000: 1.15}
MEMORY_BARS = {10_000: 2.4, 100_000: 2.4}
INSTRUCTIONS_BAR = 1.3
START_BAR = 0.7
DECODING_BAR, DECODING_FILES, DECODING_ROUNDS = 1.5, 10_000, 15


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures roster check and roster compile on generated repositories, beside a C program that opens,\n"
        "reads and parses the same files into JSON with as many threads (scripts/benchmark/reference.c).",
        epilog="The two take turns in one run; a ratio is the median over the rounds of one turn's time divided by the\n"
        "other's, and in brackets its quartiles. Installs what it needs with apt, and builds Roster for release in\n"
        ".build-release. The repositories are kept under $TMPDIR (else /tmp), which must lie outside git; what is\n"
        "compiled goes to /dev/shm where that has room, so that no disk takes part in the numbers.\n"
        "A missed bar is told, not punished: the exit status is 0 whenever everything ran.",
    )
    parser.add_argument("sizes", nargs="*", metavar="FILES", type=size, help="repository sizes (default: 1000 10000)")
    parser.add_argument("--all", action="store_true", help="1,000, 10,000 and 100,000 files")
    parser.add_argument("--instructions", action="store_true", help="count instructions too, on 1,000 files (valgrind)")
    parser.add_argument("--sealing", action="store_true", help="measure sealed secrets, and nothing else")
    parser.add_argument("--review", action="store_true", help="measure diff beside git's, and nothing else")
    parser.add_argument("--rounds", type=positive, metavar="N", help="rounds for each size (default: by size)")
    parser.add_argument("--threads", type=positive, metavar="N", help="the reference's threads (default: processors)")
    parser.add_argument("--program", type=Path, metavar="PATH", help="measure this program and build none")
    options = parser.parse_args()
    options.sizes = sorted({*options.sizes, *(ROUNDS if options.all else ())}) or [1_000, 10_000]
    options.threads = options.threads or len(os.sched_getaffinity(0))
    return options


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def size(text):
    number = positive(text.replace(",", ""))
    if number % 100:
        raise argparse.ArgumentTypeError(f"{text} is not a multiple of 100")
    return number


def demand_clean(tools, repository):
    command = [tools.program, "check", "--strict"]
    done = subprocess.run(command, cwd=repository, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stdout + done.stderr)[:4_000].rstrip()
        raise Failure(f"{repository} is meant to be clean, but check --strict exits {done.returncode}:\n{said}")


def measure_size(report, tools, files, rounds, threads):
    repository = prepare.corpus(files)
    demand_clean(tools, repository)
    with prepare.output_folder(files) as folder:
        output, baseline = Path(folder, "registry.json"), Path(folder, "reference.json")
        reference = [tools.reference, "-t", str(threads)]
        commands = {
            "reference": reference,
            "check": [tools.program, "check", "--quiet"],
            "reference -o": [*reference, "-o", baseline],
            "compile": [tools.program, "compile", "-o", output],
        }
        runs = alternate(tools, commands, repository, rounds, WARM_UPS)
        for path in (output, baseline):
            if not path.exists() or path.read_bytes().count(b'"aip_') != prepare.providers_in(files):
                raise Failure(f"{path.name} does not hold every provider of {repository}")
    report.add_size(files, prepare.total_bytes(repository), threads, runs, TIME_BARS.get(files), MEMORY_BARS.get(files))


@contextlib.contextmanager
def one_processor():
    """Callgrind runs one thread at a time anyway; on one processor nothing is started for the others."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def instructions(command, repository):
    with one_processor(), tempfile.TemporaryDirectory() as folder:
        # Without its debugging information, which Debian's valgrind cannot read; the code is the same.
        stripped = Path(folder, "program")
        subprocess.run(["strip", "--strip-debug", "-o", stripped, command[0]], check=True)
        callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", stripped, *command[1:]]
        done = subprocess.run(callgrind, cwd=repository, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not collected:
        raise Failure(f"{' '.join(map(str, callgrind))} failed:\n{done.stderr}")
    return int(collected[1])


def measure_instructions(report, tools):
    repository = prepare.corpus(1_000)
    with prepare.output_folder(1_000) as folder:
        commands = {
            "reference": [tools.reference, "-t", "1"],
            "check": [tools.program, "check", "--quiet"],
            "compile": [tools.program, "compile", "-o", Path(folder, "registry.json")],
        }
        counts = {name: instructions(command, repository) for name, command in commands.items()}
    report.add_instructions(1_000, counts, INSTRUCTIONS_BAR)


def measure_start(report, tools):
    if not (ROOT / "roster.yaml").exists():
        report.note("The start was not measured: there is no example (roster.yaml) beside scripts/.")
        return
    commands = {"python3": [PYTHON, "-c", "pass"], "check": [tools.program, "check"]}
    report.add_start(alternate(tools, commands, ROOT, START_ROUNDS, WARM_UPS), START_BAR)


def measure_decoding(report):
    """Reading a compiled registry, as a multiple of compiling its files in the same process."""
    program = prepare.build_decode_benchmark(ROOT)
    command = [program, prepare.corpus(DECODING_FILES), str(DECODING_ROUNDS)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rounds = [tuple(map(float, line.split())) for line in output.splitlines()]
    report.add_decoding(DECODING_FILES, rounds[1:], DECODING_BAR)


def main():
    options = parse_arguments()
    try:
        tools = prepare.tools(ROOT, options.program, valgrind=options.instructions)
        report = Report()
        if options.sealing:
            sealing.measure(report, tools)
            return report.finish()
        if options.review:
            review.measure(report, tools, options.rounds)
            return report.finish()
        measure_start(report, tools)
        for files in options.sizes:
            rounds = options.rounds or ROUNDS.get(files) or max(5, min(100, 400_000 // files))
            measure_size(report, tools, files, rounds, options.threads)
        if options.instructions:
            measure_instructions(report, tools)
        if options.program is None:
            measure_decoding(report)
        report.finish()
    except Failure as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
