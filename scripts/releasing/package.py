"""Packages a built program: makes every artifact of a release in a folder.

    python3 scripts/releasing/package.py --program PATH --commit COMMIT --output dist

Two runs on one machine write the same bytes. The time of the files is SOURCE_DATE_EPOCH, or that of the commit.
"""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from artifacts import archive, checksums, debian, elf, image, sbom, wheel
from artifacts.contents import DEBIAN_NAMES, ROOT, Release, fail, source_version


def parse_arguments():
    parser = argparse.ArgumentParser(prog="package.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", type=Path, required=True, help="the stripped program")
    parser.add_argument("--commit", required=True, help="the commit that it was built from")
    parser.add_argument("--output", type=Path, required=True, help="the folder to write; it is emptied first")
    parser.add_argument("--version", help="the expected version; the source names it")
    parser.add_argument("--arch", choices=sorted(DEBIAN_NAMES), help="the expected architecture; the program names it")
    parser.add_argument("--source", help="the address of the project (default: the repository of a GitHub workflow)")
    parser.add_argument(
        "--resolved", type=Path,
        help="the resolved packages: Package.resolved or a workspace-state.json (default: of the release build, of the "
        "debug build, then Package.resolved)",
    )
    parser.add_argument("--minisign-key", type=Path, help="a secret key without a password, to sign SHA256SUMS with")
    parser.add_argument(
        "--for-tests", action="store_true", help="compress little, and accept a program that needs the Swift toolchain"
    )
    return parser.parse_args()


def read_release(arguments):
    """Returns the release that the arguments describe, after comparing them with the source and the program."""
    version = source_version()
    if arguments.version not in (None, version):
        fail(f"--version is {arguments.version}, but the source has {version}; change RosterVersion.swift")
    if not re.fullmatch(r"[0-9a-f]{40}", arguments.commit):
        fail(f"--commit is {arguments.commit!r}, not 40 hex digits; give the output of git rev-parse HEAD")
    program = arguments.program.resolve()
    try:
        linkage = elf.read_linkage(program.read_bytes())
    except (OSError, ValueError) as error:
        fail(f"{program} cannot be packaged: {error}")
    if arguments.arch not in (None, linkage.architecture):
        fail(f"--arch is {arguments.arch}, but the program is for {linkage.architecture}")
    release = Release(
        program, version, arguments.commit, read_epoch(arguments.commit), linkage.architecture,
        arguments.source or workflow_repository(), arguments.for_tests,
    )
    shown = release.run("--version")
    if not re.search(rf"(?<![\w.]){re.escape(version)}(?![\w.-])", shown):
        fail(f"the program shows version {shown.strip()!r}, but the source has {version}; build it again")
    # The compiler's support library is in every distribution that has glibc.
    foreign = sorted(set(linkage.libraries) - elf.GLIBC_FAMILY - {"libgcc_s.so.1"})
    if foreign and not arguments.for_tests:
        fail(f"the program needs {', '.join(foreign)}, which users may not have; link them in")
    return release


def read_epoch(commit):
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(epoch) if epoch.isdigit() else fail("SOURCE_DATE_EPOCH is not a number of seconds")
    command = ["git", "-C", ROOT, "show", "--no-patch", "--format=%ct", commit]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        fail(f"there is no commit {commit} here; set SOURCE_DATE_EPOCH, or package in a clone that has it")
    return int(result.stdout)


def workflow_repository():
    server, repository = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return f"{server}/{repository}" if server and repository else None


def find_resolved(given):
    places = [".build-release/workspace-state.json", ".build/workspace-state.json", "Package.resolved"]
    for path in [given] if given else [ROOT / place for place in places]:
        if path.is_file():
            return path
    fail(f"there is no {given or 'Package.resolved'}, which names the resolved packages; build first")


def empty_folder(output):
    """Makes a folder that has no files of an older packaging."""
    output.mkdir(parents=True, exist_ok=True)
    for path in output.iterdir():
        if not re.match(r"roster[-_]|SHA256SUMS|sbom\.spdx\.json$", path.name):
            fail(f"{path} is not an artifact; give another folder as --output")
    for path in sorted(output.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def main():
    os.umask(0o022)
    arguments = parse_arguments()
    release, output = read_release(arguments), arguments.output.resolve()
    resolved = find_resolved(arguments.resolved)
    empty_folder(output)
    makers = [
        lambda: debian.make_package(release, output),
        lambda: image.make_image(release, output),
        lambda: archive.make_archive(release, output),
        lambda: wheel.make_wheel(release, output),
        lambda: sbom.make_bill_of_materials(release, output, resolved),
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for work in [pool.submit(maker) for maker in makers]:
            work.result()
    checksums.make_checksums(output)
    if arguments.minisign_key:
        checksums.sign_checksums(output, release.version, arguments.minisign_key.resolve())
    for path in sorted(output.iterdir()):
        print(path.name)


if __name__ == "__main__":
    main()
