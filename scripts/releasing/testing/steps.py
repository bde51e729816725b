"""Named steps with a verdict and a time each, and what all of them use."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ("providers", "secrets", "roster.yaml")


class Failure(Exception):
    """An artifact is not as documented, or a test cannot run."""


class Skipped(Exception):
    """A step does not apply to this program."""


@dataclass(frozen=True)
class Artifacts:
    """A folder that package.py wrote, and where tests may write."""

    folder: Path
    scratch: Path
    version: str
    # The commit that the SBOM names.
    commit: str
    # Whether the program is a debug build, which needs the Swift toolchain.
    is_debug: bool
    # A public key of minisign, or None when SHA256SUMS has no signature.
    public_key: Path | None

    def one(self, pattern):
        """Returns the only artifact that a pattern matches."""
        found = sorted(self.folder.glob(pattern))
        require(len(found) == 1, f"{self.folder} has {len(found)} files {pattern}, not one")
        return found[0]

    @cached_property
    def archive(self):
        return self.one("roster-*-linux-*.tar.gz")

    @cached_property
    def wheel(self):
        return self.one("roster-*.whl")

    @cached_property
    def debian_package(self):
        return self.one("roster_*.deb")

    @cached_property
    def image(self):
        return self.one("roster-*-oci-*.tar")

    @cached_property
    def unpacked(self):
        """The folder of the archive, unpacked by tar."""
        place = self.scratch / "unpacked"
        place.mkdir(exist_ok=True)
        run("tar", "-xzf", self.archive, "-C", place)
        return place / self.archive.name.removesuffix(".tar.gz")

    @cached_property
    def program(self):
        return self.unpacked / "roster"

    def place(self, name):
        """Returns a new empty folder."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def example(self, name):
        """Returns a new copy of the example repository."""
        folder = self.place(name)
        for item in EXAMPLE:
            source = ROOT / item
            shutil.copytree(source, folder / item) if source.is_dir() else shutil.copy2(source, folder / item)
        return folder


@dataclass
class Steps:
    """Runs steps in order, prints the time and the verdict of each, and counts them."""

    verdicts: list = field(default_factory=list)

    def run(self, title, check, *arguments):
        started = time.monotonic()
        try:
            note, verdict = check(*arguments) or "", "passed"
        except Skipped as reason:
            note, verdict = str(reason), "skipped"
        except Failure as reason:
            note, verdict = str(reason), "FAILED"
        except Exception as reason:
            # Damaged files raise the errors of the modules that read them.
            note, verdict = f"{type(reason).__name__}: {reason}", "FAILED"
        self.verdicts.append(verdict)
        first, *more = note.splitlines() or [""]
        print(f"{time.monotonic() - started:6.1f} s  {verdict:7}  {title}{f': {first}' if first else ''}", flush=True)
        for line in more[-30:]:
            print(" " * 20 + line, flush=True)

    def finish(self):
        """Prints the counts, and returns the exit code."""
        passed, failed, skipped = (self.verdicts.count(verdict) for verdict in ("passed", "FAILED", "skipped"))
        print(f"{passed} passed, {failed} failed, {skipped} skipped")
        return 1 if failed or not passed else 0


def require(condition, message):
    if not condition:
        raise Failure(message)


def command_of(name):
    """Returns the path of a program; what is missing is never skipped."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    require(path, f"{name} is not installed; run scripts/install release-tests")
    return path


def run(command, *arguments, expect=(0,), quiet=False, **options):
    """Runs a program and returns its output; an unexpected exit code is a failure."""
    path = command_of(command) if isinstance(command, str) and "/" not in command else command
    usual = {"capture_output": True, "stdin": subprocess.DEVNULL, "text": True, "errors": "replace", "timeout": 900}
    options = usual | options
    result = subprocess.run([path, *arguments], **options)
    output = (result.stdout or "") + (result.stderr or "")
    if result.returncode not in expect:
        line = " ".join(map(str, [Path(path).name, *arguments]))
        raise Failure(f"{line} ended with exit code {result.returncode}\n{output.strip()}")
    return result.stdout if quiet else output


def plain_environment(**variables):
    """Returns an environment without the settings of this user's Python tools."""
    kept = {
        name: value for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "UV_", "PIPX_", "PRE_COMMIT", "VIRTUAL_ENV", "GIT_"))
    }
    return kept | variables
