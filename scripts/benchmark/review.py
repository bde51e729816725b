"""Compares roster diff with git diff --stat of the same two commits."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import prepare
from measure import Failure, alternate

FILES = 10_000
CHANGED = 10
ROUNDS = 40
WARM_UPS = 3
# The limit of a review: this multiple of git's time, plus the time to start a few programs.
FACTOR = 3
START_SECONDS = 0.050


def git(folder, *arguments):
    identity = {f"GIT_{role}_{what}": "bench@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": "/dev/null"}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"git {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout.strip()


def commits(folder):
    """Two commits of the benchmark's repository: as it is, and with another model in ten files of ten projects."""
    shutil.copytree(prepare.corpus(FILES), folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "gc.auto", "0")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=base")
    projects = sorted(Path(folder, "providers").iterdir())
    for project in projects[:: len(projects) // CHANGED][:CHANGED]:
        provider = sorted(project.glob("*.yaml"))[7]
        lines = provider.read_text().splitlines(keepends=True)
        changed = ["defaultModel: another\n" if line.startswith("defaultModel:") else line for line in lines]
        provider.write_text("".join(changed))
    git(folder, "commit", "--quiet", "--all", "--message=head")
    git(folder, "gc", "--quiet")
    return git(folder, "rev-parse", "HEAD~1"), git(folder, "rev-parse", "HEAD")


def measure(report, tools, rounds):
    with tempfile.TemporaryDirectory(prefix="roster-review-") as scratch:
        folder = Path(scratch, "repository")
        base, head = commits(folder)
        said = subprocess.run([tools.program, "diff", base, head], cwd=folder, capture_output=True, text=True)
        if f"{CHANGED} changes: {CHANGED} medium" not in said.stdout.splitlines():
            raise Failure(f"roster diff does not report the {CHANGED} changes:\n{said.stdout[-500:]}{said.stderr}")
        commands = {
            "git diff --stat": [shutil.which("git"), "diff", "--stat", base, head],
            "roster diff": [tools.program, "diff", base, head],
            "… --format json": [tools.program, "diff", base, head, "--format", "json"],
            "… markdown": [tools.program, "diff", base, head, "--format", "markdown"],
        }
        runs = alternate(tools, commands, folder, rounds or ROUNDS, WARM_UPS)
    report.add_review(FILES, CHANGED, runs, FACTOR, START_SECONDS)
