"""Tests of the Debian package, and of the archive in Debian systems without Swift, libyaml, libsodium and git."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from .steps import Failure, require, run

SUITES = {"12": "bookworm", "13": "trixie"}
ABSENT = ("usr/bin/swift", "usr/bin/git", "usr/lib/*/libyaml*", "usr/lib/*/libsodium*", "usr/lib/*/libswift*")


def check_lintian(artifacts):
    """lintian finds no error, and dpkg reads the package."""
    package = artifacts.debian_package
    root = ["--allow-root"] if os.geteuid() == 0 else []
    # A debug build names the folder of the toolchain's libraries.
    allowed = ["--suppress-tags", "custom-library-search-path"] if artifacts.is_debug else []
    # It leaves files in the folder of temporary files.
    environment = os.environ | {"TMPDIR": str(artifacts.scratch)}
    report = run("lintian", *root, *allowed, "--fail-on", "error", package, env=environment)
    name, version = (run("dpkg-deb", "--field", package, field).strip() for field in ("Package", "Version"))
    require(name == "roster" and version == artifacts.version.replace("-", "~"), f"it is {name} {version}")
    for line in run("dpkg-deb", "--contents", package).splitlines():
        require(re.match(r"([-d]rwxr-xr-x|-rw-r--r--) root/root ", line), f"another owner or mode: {line}")
    return f"{report.count('W: ')} warnings"


def check_unit(artifacts):
    """systemd accepts the unit of the package."""
    folder = artifacts.place("unit")
    run("dpkg-deb", "--extract", artifacts.debian_package, folder)
    unit = folder / "usr/lib/systemd/system/roster.service"
    text = unit.read_text()
    for line in ("User=roster", "EnvironmentFile=/etc/roster/roster.conf", "NoNewPrivileges=yes"):
        require(line in text.splitlines(), f"the unit has no line {line}")
    # The program is not installed on this machine.
    require("ExecStart=/usr/bin/roster " in text, "the unit does not start /usr/bin/roster")
    verified = folder / "roster.service"
    text = text.replace("ExecStart=/usr/bin/roster ", f"ExecStart={folder}/usr/bin/roster ")
    verified.write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE))
    warnings = run("systemd-analyze", "verify", "--man=no", verified)
    require(not warnings.strip(), warnings)
    settings = (folder / "etc/roster/roster.conf").read_text()
    require(re.search(r"^ROSTER_SERVE=--repo /\S+ ", settings, re.MULTILINE), "roster.conf has no ROSTER_SERVE")


def check_archive_in(artifacts, number):
    """The archive's program checks and serves the example in a Debian system that has nothing else."""
    with DebianRoot(artifacts, number) as root:
        place = root.path / "opt/roster"
        shutil.copytree(artifacts.unpacked, place)
        require(artifacts.version in root.run("/opt/roster/roster", "--version"), "it shows another version")
        report = check_example(artifacts, root, "/opt/roster/roster")
        root.serve("/opt/roster/roster", user="65534:65534")
        return report


def check_package_in(artifacts, number):
    """dpkg installs the package, the service's user serves the example, and purging leaves no file."""
    with DebianRoot(artifacts, number) as root:
        shutil.copy2(artifacts.debian_package, root.path / "tmp/roster.deb")
        root.run("/usr/bin/dpkg", "-i", "/tmp/roster.deb")
        require(not root.run("/usr/bin/dpkg", "--audit").strip(), "dpkg reports a problem with the package")
        require(not root.run("/usr/bin/dpkg", "--verify", "roster").strip(), "files differ from the package")
        entry = root.run("/usr/bin/getent", "passwd", "roster").strip().split(":")
        require(entry[5:] == ["/nonexistent", "/usr/sbin/nologin"], f"the user is {entry}")
        require(int(entry[2]) < 1000, f"the user's id is {entry[2]}, not one of a system user")
        report = check_example(artifacts, root, "/usr/bin/roster")
        root.serve("/usr/bin/roster", user=f"{entry[2]}:{entry[3]}")
        root.run("/usr/bin/dpkg", "-i", "/tmp/roster.deb")
        root.run("/usr/bin/dpkg", "--purge", "roster")
        for path in ("usr/bin/roster", "etc/roster", "usr/lib/systemd/system/roster.service"):
            require(not (root.path / path).exists(), f"purging leaves /{path}")
        return report


def check_example(artifacts, root, program):
    """Checks and compiles the example in a system."""
    example = artifacts.example("for-root")
    shutil.copytree(example, root.path / "srv/example")
    report = root.run(program, "check", "--strict", "--repo", "/srv/example").strip()
    root.run(program, "compile", "--repo", "/srv/example", "-o", "/srv/registry.json")
    (root.path / "srv/registry.json").chmod(0o644)
    json.loads((root.path / "srv/registry.json").read_text())
    return report.splitlines()[-1]


def debian_mirror():
    """Returns the mirror of Debian that apt uses here, or None for that of debootstrap."""
    command = ["apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI) $(CODENAME)", "Created-By: Packages"]
    targets = subprocess.run(command, capture_output=True, text=True).stdout.split("\n")
    for line in sorted(targets):
        origin, _, rest = line.partition(" ")
        if origin == "Debian" and rest.split()[-1] in SUITES.values():
            return rest.split()[0]
    return None


class DebianRoot:
    """A Debian system of debootstrap, which is kept in $TMPDIR/roster-roots; changes are in memory and discarded.

    scripts/release-test runs in a separate mount namespace, so that an interrupted test leaves no mount.
    """

    def __init__(self, artifacts, number):
        require(os.geteuid() == 0, "a Debian system needs root; run this with sudo")
        self.suite, self.path = SUITES[number], artifacts.scratch / f"debian-{number}"

    def __enter__(self):
        original, changes = self.original(), self.path.with_suffix(".changes")
        for folder in (self.path, changes):
            folder.mkdir(exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", changes)
        (changes / "upper").mkdir()
        (changes / "work").mkdir()
        layers = f"lowerdir={original},upperdir={changes}/upper,workdir={changes}/work"
        run("mount", "-t", "overlay", "overlay", "-o", layers, self.path)
        found = [str(path) for pattern in ABSENT for path in self.path.glob(pattern)]
        require(not found, f"the system has {', '.join(found)}")
        return self

    def __exit__(self, *_):
        for folder in (self.path, self.path.with_suffix(".changes")):
            run("umount", folder)

    def original(self):
        folder = Path(tempfile.gettempdir()) / "roster-roots"
        folder.mkdir(exist_ok=True)
        original, partial = folder / self.suite, folder / f"{self.suite}.partial"
        if not original.exists():
            shutil.rmtree(partial, ignore_errors=True)
            mirror = debian_mirror()
            run("debootstrap", "--variant=minbase", self.suite, partial, *([mirror] if mirror else []))
            partial.rename(original)
        return original

    def run(self, *command, expect=(0,)):
        """Runs a program in the system, with /proc and without this user's environment."""
        return run(*self.enter(), *command, expect=expect, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"})

    def enter(self, user=None):
        return enter(self.path, user)

    def serve(self, program, user):
        serve([*self.enter(user), program, "serve", "--registry", "/srv/registry.json"])


def enter(root, user=None):
    """Returns the prefix of a command that runs in a root file system, with a separate /proc."""
    (root / "proc").mkdir(exist_ok=True)
    space = ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={root}/proc"]
    return [*space, "chroot", *([f"--userspec={user}"] if user else []), str(root)]


def serve(command):
    """Starts a server by a command of `enter`, waits until it is ready, and ends it by SIGTERM."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    output = tempfile.TemporaryFile("w+")
    server = subprocess.Popen(
        [*command, "--port", str(port)], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                    break
            except OSError as error:
                # Also an answer that the server is not ready.
                if server.poll() is not None or time.monotonic() > deadline:
                    output.seek(0)
                    raise Failure(f"the server does not answer ({error})\n{output.read()}") from error
                time.sleep(0.05)
        # unshare ignores the signal, and returns the exit code of the server.
        os.kill(child_of(server.pid), signal.SIGTERM)
        code = server.wait(20)
        require(code == 0, f"the server ended with exit code {code} after SIGTERM")
    finally:
        if server.poll() is None:
            os.kill(child_of(server.pid) or server.pid, signal.SIGKILL)


def child_of(parent):
    """Returns the only child of a process, or None."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(children[0]) if children else None
