"""Prepares packages, programs and repositories before the first measurement."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import corpus as generator
from measure import Failure

HERE = Path(__file__).resolve().parent
PACKAGES = ["gcc", "libc6-dev", "libyaml-dev", "libsodium-dev"]


@dataclass(frozen=True)
class Tools:
    stopwatch: Path
    reference: Path
    program: Path


def report(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def tools(root, program, valgrind):
    """Installs and builds what is missing. With a `program` of the user's own, Roster is not built."""
    install([*PACKAGES, *(["valgrind"] if valgrind else [])])
    folder = root / ".build-bench"
    folder.mkdir(exist_ok=True)
    stopwatch = build_c("stopwatch", folder)
    reference = build_c("reference", folder, "-pthread", "-lyaml")
    if program is None:
        program = build_roster(root)
    elif not os.access(program, os.X_OK):
        raise Failure(f"{program} is no program")
    return Tools(stopwatch, reference, program.resolve())


def install(packages):
    def is_installed(package):
        query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
        return subprocess.run(query, capture_output=True, text=True).stdout == "installed"

    try:
        missing = [package for package in packages if not is_installed(package)]
    except FileNotFoundError:
        report(f"this is not Debian; taking for granted what its packages {' '.join(packages)} hold")
        return
    if missing:
        report(f"installing {' '.join(missing)}")
        as_root = [] if os.geteuid() == 0 else ["sudo"]
        build([*as_root, "apt-get", "update", "-qq"])
        build([*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing])


def build(command, environment=None):
    try:
        subprocess.run(command, check=True, stdout=sys.stderr, env=environment)
    except FileNotFoundError:
        raise Failure(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as error:
        raise Failure(f"{' '.join(map(str, command))} failed (exit {error.returncode})") from None


def build_c(name, folder, *options):
    build(["gcc", "-std=gnu17", "-O2", "-Wall", "-Wextra", HERE / f"{name}.c", "-o", folder / name, *options])
    return folder / name


def build_roster(root):
    report("building Roster for release")
    try:
        made = subprocess.run([root / "scripts" / "release", "--program-only"], check=True, stdout=subprocess.PIPE, text=True)
    except subprocess.CalledProcessError as error:
        raise Failure(f"scripts/release failed (exit {error.returncode})") from None
    return Path(made.stdout.splitlines()[-1])


def build_decode_benchmark(root):
    """The program that compares the time of reading a compiled registry with that of compiling its files."""
    report("building the benchmark of reading a registry")
    command = ["swift", "build", "-c", "release", "--product", "decode-benchmark"]
    command += ["--package-path", root, "--scratch-path", root / ".build-bench"]
    build(command, os.environ | {"ROSTER_BENCHMARKS": "1"})
    return root / ".build-bench" / "release" / "decode-benchmark"


def cache_folder():
    """A folder of the user's own that no git work tree encloses: outside git, `compile` asks git for no dates."""
    folder = Path(tempfile.gettempdir()).resolve() / f"roster-bench-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise Failure(f"{folder} belongs to somebody else")
    if any((parent / ".git").exists() for parent in [folder, *folder.parents]):
        raise Failure(f"{folder} lies in a git work tree; set TMPDIR to a folder outside")
    return folder


def corpus(files):
    """The repository of that many files: written once, and again when the generator has changed."""
    sources = b"".join((HERE / name).read_bytes() for name in ("corpus.py", "corpus_text.py"))
    folder = cache_folder()
    repository = folder / f"{files}-{hashlib.sha256(sources).hexdigest()[:12]}"
    if not repository.exists():
        report(f"writing a repository of {files:,} files to {repository}")
        for old in folder.glob(f"{files}-*"):
            shutil.rmtree(old)
        unfinished = folder / f"{files}-unfinished"
        generator.write(unfinished, files)
        unfinished.rename(repository)
    return repository


def output_folder(files):
    """A folder that vanishes after use, in memory if that has room for the compiled files a few times over."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK):
        free = os.statvfs(memory)
        if free.f_bavail * free.f_frsize > files * 8192:
            return tempfile.TemporaryDirectory(prefix="roster-bench-", dir=memory)
    report("no room in /dev/shm: the compiled files go to a disk, and its pace into the numbers")
    return tempfile.TemporaryDirectory(prefix="output-", dir=cache_folder())


def providers_in(files):
    return files // generator.FILES_A_PROJECT * generator.PROVIDERS_A_PROJECT


def total_bytes(repository):
    return sum(path.stat().st_size for path in repository.rglob("*.yaml"))
