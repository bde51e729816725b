"""A clean copy of a commit, with the constants of the release in its source."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSTANTS = "Sources/RosterModel/Build/ReleaseConstants.swift"
# The action that `roster init` pins, which a release names once it is published (see RELEASING.md).
PINNED_ACTION = "deploy/github/PINNED_ACTION"


class CleanCheckout:
    """The files of HEAD in a folder, where only files that differ are written, so that builds stay incremental."""

    def __init__(self, folder):
        self.folder = folder
        if not (folder / ".git").is_dir():
            git("clone", "--quiet", "--no-checkout", ROOT, folder, cwd=ROOT)
        self.commit = git("rev-parse", "HEAD", cwd=ROOT)
        self.date = git("log", "-1", "--format=%cs", cwd=ROOT)
        self.epoch = git("log", "-1", "--format=%ct", cwd=ROOT)
        git("fetch", "--quiet", "--no-tags", ROOT, self.commit, cwd=folder)
        constants = self.constants(git("show", f"{self.commit}:{CONSTANTS}", cwd=folder))
        # Without the constants, which would be written a second time.
        git("update-index", "-q", "--refresh", cwd=folder, check=False)
        changed = git("diff", "--name-only", self.commit, cwd=folder, check=False).split("\n")
        if changed != [CONSTANTS] or git("rev-parse", "HEAD", cwd=folder, check=False) != self.commit:
            git("checkout", "--quiet", "--force", "--detach", self.commit, cwd=folder)
        git("clean", "-d", "-x", "--force", "--quiet", cwd=folder)
        if (folder / CONSTANTS).read_text() != constants:
            (folder / CONSTANTS).write_text(constants)
        resolved = ROOT / "Package.resolved"
        if resolved.exists():
            (folder / "Package.resolved").write_bytes(resolved.read_bytes())

    def constants(self, source):
        """Returns the source of the constants with their values."""
        values = {"commit": self.commit, "date": self.date}
        if pinned := git("show", f"{self.commit}:{PINNED_ACTION}", cwd=self.folder, check=False):
            values["action"], values["actionVersion"] = pinned.split()
        for name, value in values.items():
            source, count = re.subn(rf'(static let {name} = )""', rf'\1"{value}"', source)
            if count != 1:
                raise ValueError(f"{CONSTANTS} has no constant {name}")
        return source + "\n"


def git(*arguments, cwd, check=True):
    command = ["git", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, check=check, capture_output=True, text=True).stdout.strip()
