"""Builds the program to ship with the executed code in adjacent sections, and makes the artifacts of a release.

Three quarters of a program of 20 MB are never run, and the executed parts are scattered; touching a page makes the kernel
map 64 KiB. So the program is built, profiled at its usual work, and linked again with the executed sections first: it starts
with fewer page faults and takes 7 MiB less memory. Functions are moved, not changed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from checkout import CleanCheckout
from layout import write_layout
from program import ProgramBuild
from usual_work import watch

ROOT = Path(__file__).resolve().parents[2]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/release", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--program-only", action="store_true",
        help="build the program of the working tree, and print its path; it is a development build without artifacts",
    )
    parser.add_argument(
        "--scratch-path", type=Path, default=ROOT / ".build-release", help="where to build (default: .build-release)"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where the artifacts are made (default: dist)")
    parser.add_argument("--minisign-key", type=Path, help="a secret key without a password, to sign SHA256SUMS with")
    parser.add_argument(
        "--locked", action="store_true", help="build the versions that Package.resolved names, and fail without it"
    )
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    scratch = arguments.scratch_path.resolve()
    if arguments.program_only:
        print(build_program(ROOT, scratch, arguments.locked))
        return
    checkout = CleanCheckout(scratch / "checkout")
    program = build_program(checkout.folder, scratch / "build", arguments.locked)
    stripped = scratch / "roster"
    subprocess.run(["strip", "-o", stripped, program], check=True)
    command = [
        sys.executable, "-B", Path(__file__).parent / "package.py", "--program", stripped, "--commit", checkout.commit,
        "--output", arguments.output, "--resolved", scratch / "build" / "workspace-state.json",
    ]
    if arguments.minisign_key:
        command += ["--minisign-key", arguments.minisign_key]
    environment = os.environ | {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", checkout.epoch)}
    subprocess.run(command, check=True, env=environment)


def build_program(source, scratch, is_locked):
    """Builds the program of a source folder, and returns its path."""
    build = ProgramBuild(source, scratch, is_locked)
    link_map, layout, watched = (scratch / name for name in ("link.map", "layout.ld", "layout.of"))
    program = build.link(link_map)
    makers = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in [program, *makers])).hexdigest()
    if not layout.exists() or not watched.exists() or watched.read_text() != digest:
        print("release: watching which code the usual work runs", file=sys.stderr, flush=True)
        write_layout(layout, link_map, watch(program, source, scratch))
        watched.write_text(digest)
    program = build.link(link_map, layout)
    write_digest(program)
    return program


def write_digest(program):
    """Writes SHA256SUMS next to the program, as sha256sum does, for an action or an image that runs it."""
    line = f"{hashlib.sha256(program.read_bytes()).hexdigest()}  {program.name}\n"
    (program.parent / "SHA256SUMS").write_text(line)
    print(f"release: SHA-256 {line}", end="", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"release: {' '.join(map(str, error.cmd))} failed (exit {error.returncode})")
