"""Joins the artifacts of several architectures into one folder, with one list of digests and its signature.

    python3 scripts/releasing/join.py --version 1.2.3 --output release --minisign-key KEY x86_64 aarch64

Each folder is one that package.py wrote, and is compared with its own SHA256SUMS first. The notes are the section of
CHANGELOG.md.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from artifacts.checksums import make_checksums, sign_checksums
from artifacts.contents import ROOT, fail, source_version

# The file that every architecture has, and that has the same bytes.
SHARED = "sbom.spdx.json"


def parse_arguments():
    parser = argparse.ArgumentParser(prog="join.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="the artifacts of one architecture")
    parser.add_argument("--version", required=True, help="the version of the tag, which the source must name too")
    parser.add_argument("--output", type=Path, required=True, help="the folder to write; it must not exist")
    parser.add_argument("--minisign-key", type=Path, required=True, help="the secret key of the release")
    parser.add_argument(
        "--public-key", type=Path, default=ROOT / "deploy/minisign.pub",
        help="the key that users verify with (default: deploy/minisign.pub)",
    )
    parser.add_argument("--notes", type=Path, help="where to write the changes of the version")
    return parser.parse_args()


def verify(folder, version):
    """Returns the artifacts of a folder, after comparing them with its SHA256SUMS."""
    try:
        lines = (folder / "SHA256SUMS").read_text().splitlines()
    except OSError as error:
        fail(f"{folder} cannot be read: {error}")
    files = []
    for line in lines:
        digest, name = line.split("  ", 1)
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            fail(f"{path} is missing or not the file that SHA256SUMS names; build it again")
        if name != SHARED and not re.match(rf"roster[-_]{re.escape(version)}[-_]", name):
            fail(f"{path} is not of version {version}; build the tag")
        files.append(path)
    if not any(path.name == SHARED for path in files):
        fail(f"{folder} has no {SHARED}; build it again")
    return files


def changes_of(version):
    """Returns the section of a version in CHANGELOG.md, without its heading."""
    text = (ROOT / "CHANGELOG.md").read_text()
    match = re.search(rf"^## \[?{re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return match[1].strip() + "\n" if match else fail(f"CHANGELOG.md has no section ## {version}; write it")


def main():
    arguments = parse_arguments()
    version, output = arguments.version, arguments.output
    if version != source_version():
        fail(f"the tag is of version {version}, but the source has {source_version()}; tag the right commit")
    if not arguments.public_key.is_file():
        fail(f"there is no {arguments.public_key}; commit the public key of the release, as RELEASING.md describes")
    notes = changes_of(version)
    found = [verify(folder, version) for folder in arguments.folders]
    output.mkdir(parents=True)
    for path in [path for files in found for path in files]:
        copy = output / path.name
        if copy.exists() and copy.read_bytes() != path.read_bytes():
            fail(f"{path.name} differs between the architectures; build them from the same packages")
        shutil.copyfile(path, copy)
    make_checksums(output)
    sign_checksums(output, version, arguments.minisign_key.resolve())
    command = ["minisign", "-V", "-q", "-p", arguments.public_key.resolve(), "-m", "SHA256SUMS"]
    if subprocess.run(command, cwd=output).returncode:
        fail(f"the secret key is not that of {arguments.public_key}; use the one that users verify with")
    if arguments.notes:
        arguments.notes.write_text(notes)
    for path in sorted(output.iterdir()):
        print(path.name)


if __name__ == "__main__":
    main()
