"""A release, and containers of files whose bytes are the same each time they are written."""

import gzip
import io
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from . import elf

ROOT = Path(__file__).resolve().parents[3]
VERSION_FILE = ROOT / "Sources/RosterModel/RosterVersion.swift"
SUMMARY = "Registry of LLM providers, kept as files in git, with sealed keys"
# The names of an architecture in Debian packages and OCI images.
DEBIAN_NAMES = {"x86_64": "amd64", "aarch64": "arm64"}


def fail(message):
    """Ends the program: nothing incomplete is packaged."""
    sys.exit(f"package: {message}")


def source_version():
    """Returns the version that the source names; it is written nowhere else."""
    match = re.search(r'"(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)"', VERSION_FILE.read_text())
    return match[1] if match else fail(f"{VERSION_FILE.relative_to(ROOT)} has no version; write it as \"1.2.3\"")


@dataclass(frozen=True)
class Release:
    """A program with the version, commit and time that its artifacts name."""

    program: Path
    version: str
    commit: str
    # Seconds since 1970: the time of every file, and of the release.
    epoch: int
    architecture: str
    # The address of the project, or None before it is known.
    source: str | None
    # Whether to compress little, for tests.
    fast: bool

    @property
    def name(self):
        return f"roster-{self.version}-linux-{self.architecture}"

    @property
    def debian_architecture(self):
        return DEBIAN_NAMES[self.architecture]

    @cached_property
    def binary(self):
        return self.program.read_bytes()

    @cached_property
    def linkage(self):
        return elf.read_linkage(self.binary)

    @cached_property
    def license(self):
        return (ROOT / "LICENSE").read_bytes()

    @cached_property
    def completions(self):
        """The completion script of each shell."""
        shells = ("bash", "fish", "zsh")
        return {shell: self.run("--generate-completion-script", shell).encode() for shell in shells}

    def run(self, *arguments):
        """Returns what the program prints."""
        try:
            result = subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired) as error:
            fail(f"{self.program} cannot be run ({error}); package on a machine of its architecture")
        if result.returncode:
            fail(f"{self.program} {' '.join(arguments)} failed (exit {result.returncode}): {result.stderr.strip()}")
        return result.stdout

    def gzip(self, data):
        return gzip.compress(data, 1 if self.fast else 9, mtime=0)


@dataclass(frozen=True)
class File:
    """The contents of a file in a container, or an empty folder."""

    data: bytes = b""
    mode: int = 0o644
    is_folder: bool = False


def tar(files, epoch, *, prefix="", has_top=False):
    """Returns a tar of files by path, with their folders, in order, owned by root."""
    parents = {str(parent) for path in files for parent in PurePosixPath(path).parents} - {"."}
    entries = {path: File(mode=0o755, is_folder=True) for path in parents} | files
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        if has_top:
            archive.addfile(header(prefix, File(mode=0o755, is_folder=True), epoch))
        for path in sorted(entries):
            archive.addfile(header(prefix + path, entries[path], epoch), io.BytesIO(entries[path].data))
    return output.getvalue()


def header(name, file, epoch):
    info = tarfile.TarInfo(name)
    info.type = tarfile.DIRTYPE if file.is_folder else tarfile.REGTYPE
    info.mtime, info.mode, info.size = epoch, file.mode, len(file.data)
    info.uname = info.gname = "root"
    return info
