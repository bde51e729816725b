"""Kills commands that write, and examines the files that they leave.

The first kills are at each call that changes the file system, just before it and just after it; the others are at
random moments. Afterwards each file is the old one or the new one, the repository has no error, every secret opens, and
no provider links to a secret that does not exist.
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import islice
from pathlib import Path

KEY = b"sk-proj-" + b"Canary0123456789" * 3

# Each command runs in a fresh copy of the same repository. Rules in `allows` may be found after a kill, since nothing is
# lost: a secret under its old and its new name has the same id and box twice; a new key has no boxes until secrets are
# resealed.
COMMANDS = {
    "compile": {"arguments": ["compile", "-o", "registry.json"]},
    "provider create": {
        "arguments": ["provider", "create", "--project", "acme", "--name", "New", "--provider", "openai",
                      "--default-model", "gpt-4o", "--seal"],
        "input": KEY,
    },
    "provider update": {"arguments": ["provider", "update", "acme/one", "--name", "Another name"]},
    "provider delete": {"arguments": ["provider", "delete", "acme/one", "--with-secret"]},
    "secret set": {"arguments": ["secret", "set", "acme/one"], "input": KEY[::-1].replace(b"-", b"x")},
    "secret rename": {"arguments": ["secret", "rename", "acme/one", "moved"], "allows": {"duplicate-id", "duplicate-box"}},
    "key generate": {"arguments": ["key", "generate", "--name", "third"], "allows": {"missing-box"}},
    "secret reseal": {"arguments": ["secret", "reseal", "--all"], "needs_second_key": True, "allows": {"missing-box"}},
}


class Kills:
    """A prepared repository, and the program that is killed in copies of it."""

    def __init__(self, root, program, compiler):
        self.program = program
        self.random = random.Random()
        self.scratch = tempfile.TemporaryDirectory(prefix="kills-")
        self.folder = Path(self.scratch.name)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "LANG": "C.UTF-8",
        }
        self.library = self.folder / "kill_at.so"
        source = root / "scripts/deep/kill_at.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O", "-o", self.library, source, "-ldl"], check=True)
        self.prepare()

    def roster(self, repository, *arguments, input=b"", check=True, **environment):
        """Runs the program to its end."""
        result = subprocess.run(
            [self.program, *arguments], cwd=repository, input=input, capture_output=True,
            env=self.environment | environment,
        )
        if check and result.returncode:
            raise SystemExit(f"roster {' '.join(arguments)}: {result.returncode}: {result.stderr.decode()}")
        return result

    def prepare(self):
        """Makes the repository: two providers with sealed secrets, a compiled registry, and one edit after it."""
        self.base = self.folder / "base"
        self.base.mkdir()
        (self.folder / "home").mkdir()
        self.roster(self.base, "init", "--project", "acme")
        for handle in ("one", "two"):
            self.roster(
                self.base, "provider", "create", "--project", "acme", "--name", handle, "--provider", "openai",
                "--default-model", "gpt-4o", "--seal", input=KEY,
            )
        self.roster(self.base, "compile", "-o", "registry.json")
        provider = self.base / "providers/acme/two.yaml"
        provider.write_text(provider.read_text().replace("gpt-4o", "gpt-4o-mini"))
        self.second = self.folder / "second"
        shutil.copytree(self.base, self.second)
        self.roster(self.second, "key", "generate", "--name", "second")

    def copy(self, command):
        """A fresh copy of the repository."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.second if command.get("needs_second_key") else self.base, copy)
        return copy

    def run(self, count):
        """Kills `count` commands, in at most five times as many runs, and returns whether every state was sound."""
        self.learn()
        points = [
            (name, {"ROSTER_KILL_AT": str(call), "ROSTER_KILL_WHEN": when}, None)
            for name in COMMANDS for call in range(1, COMMANDS[name]["calls"] + 1) for when in ("before", "after")
        ]
        # A short run takes a part of each command's points.
        self.random.shuffle(points)
        failures, killed, finished, leftovers = 0, 0, 0, 0
        for name, variables, delay in islice(self.with_random_moments(points), 5 * count):
            if killed == count:
                break
            copy, was_killed = self.kill(name, variables, delay)
            killed += was_killed
            finished += not was_killed
            leftovers += sum(1 for path in copy.rglob(".*.tmp"))
            for problem in self.problems(name, copy):
                failures += 1
                print(f"{name}, {variables or f'after {delay:.4f} s'}: {problem}", flush=True)
        print(
            f"{killed} killed, {min(len(points), count)} of them at chosen calls; {finished} had ended before; "
            f"{leftovers} temporary files left; {failures} problems"
        )
        return killed == count and not failures

    def with_random_moments(self, points):
        yield from points
        while True:
            name = self.random.choice(list(COMMANDS))
            yield name, {}, self.random.uniform(0, COMMANDS[name]["seconds"])

    def learn(self):
        """Runs each command once to its end: its calls, its time, and the files that it leaves."""
        for name, command in COMMANDS.items():
            copy = self.copy(command)
            before = self.files(copy)
            number = self.folder / "count"
            start = time.monotonic()
            self.roster(
                copy, *command["arguments"], input=command.get("input", b""), LD_PRELOAD=str(self.library),
                ROSTER_KILL_COUNT=str(number),
            )
            command["seconds"] = time.monotonic() - start
            command["calls"] = int(number.read_text())
            command["before"], command["after"] = before, self.files(copy)
            if command["before"] == command["after"] or not command["calls"]:
                raise SystemExit(f"{name} changes nothing that can be seen")
            print(f"{name}: {command['calls']} calls in {command['seconds'] * 1000:.0f} ms", flush=True)

    @staticmethod
    def files(repository):
        return {
            str(path.relative_to(repository)): path.read_bytes()
            for path in repository.rglob("*") if path.is_file() and not path.name.endswith(".tmp")
        }

    def kill(self, name, variables, delay):
        """Kills a command in a fresh copy; returns the copy and whether the command was killed."""
        command = COMMANDS[name]
        copy = self.copy(command)
        process = subprocess.Popen(
            [self.program, *command["arguments"]], cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment | variables | ({"LD_PRELOAD": str(self.library)} if variables else {}),
        )
        try:
            process.stdin.write(command.get("input", b""))
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            process.wait(delay if delay is not None else 60)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        return copy, process.returncode == -signal.SIGKILL

    def problems(self, name, copy):
        """Yields what is wrong with a repository after a kill."""
        command = COMMANDS[name]
        now = self.files(copy)
        for path in sorted(set(now) | set(command["before"]) | set(command["after"])):
            old, new, found = command["before"].get(path), command["after"].get(path), now.get(path)
            # Boxes and ids are random: a new file is examined by the checks below.
            is_random = path.endswith(".yaml") and old != new and found is not None
            if found not in (old, new) and not is_random:
                yield f"{path} is neither the old nor the new file"
        for key in re.findall(r"\brk_[0-9a-f]{32}\b", (copy / "roster.yaml").read_text()):
            if not (self.folder / "home/.config/roster/identities" / key).exists():
                yield f"the identity of {key} is missing"
        result = self.roster(copy, "check", "--format", "json", check=False)
        report = json.loads(result.stdout)
        for diagnostic in report["diagnostics"]:
            if diagnostic["severity"] == "error" and diagnostic["rule"] not in command.get("allows", ()):
                yield f"{diagnostic['rule']}: {diagnostic['message']}"
        if not any(diagnostic["severity"] == "error" for diagnostic in report["diagnostics"]):
            verified = self.roster(copy, "secret", "verify", check=False)
            if verified.returncode:
                yield f"a secret does not open: {verified.stderr.decode()}"
