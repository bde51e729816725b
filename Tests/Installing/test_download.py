"""Tests of the two ways in which a release is downloaded: scripts/install.sh and the action.

    python3 Tests/Installing/test_download.py
"""

import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from release_host import ATTACKS, PLATFORM, ROOT, ReleaseHost, archive, built_program, stripped_program, tracing_program
from workflow_runner import Runner

# All that install.sh may need of a machine.
TOOLS = ["sh", "tar", "gzip", "sha256sum", "sed", "mktemp", "mkdir", "rm", "chmod", "mv", "id", "uname", "head", "grep"]
RELEASES = "acme/roster/releases/download"


class Download(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="roster-install-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        (self.folder / "host").mkdir()
        self.host = ReleaseHost(self.folder / "host")
        self.addCleanup(self.host.close)
        self.trace, self.evil = self.folder / "was-run", self.folder / "evil-was-run"
        # Larger than the program that replaces it.
        self.program = tracing_program(self.trace) + b"# " + os.urandom(4096).hex().encode() + b"\n"

    def publish(self, version="1.2.3", program=None, **choices):
        return self.host.publish(RELEASES, version, program or self.program, **choices)

    def attack(self, kind, place=f"{RELEASES}/v1.2.3"):
        self.host.attack(kind, place, tracing_program(self.evil))

    def expect_sentence(self, text, *parts):
        """Expects one sentence in the last line of the text, with what is wrong and what to do."""
        line = text.strip().split("\n")[-1]
        self.assertRegex(line, r"^(install\.sh|roster): ")
        for part in parts:
            self.assertIn(part, line)

    def expect_nothing_ran(self):
        self.assertFalse(self.trace.exists(), "the program was executed")
        self.assertFalse(self.evil.exists(), "the replaced program was executed")


class InstallScript(Download):
    def machine(self, *tools):
        """Returns a PATH with nothing but these tools."""
        folder = self.folder / "tools"
        folder.mkdir(exist_ok=True)
        for tool in [*TOOLS, *tools]:
            if not (folder / tool).exists():
                (folder / tool).symlink_to(shutil.which(tool))
        return str(folder)

    def install(self, *arguments, tools=("curl",), base=True, script=ROOT / "scripts/install.sh"):
        environment = {"PATH": self.machine(*tools), "HOME": str(self.folder)}
        options = ["--base-url", f"{self.host.url}/{RELEASES}", "--dir", str(self.folder / "bin")] if base else []
        return subprocess.run(
            ["sh", script, *options, *arguments], env=environment, capture_output=True, text=True, timeout=60
        )

    def installed(self):
        folder = self.folder / "bin"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def test_installs_newest_release(self):
        self.publish("1.2.2", is_latest=False)
        self.publish("1.2.3")
        run = self.install()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("installed roster 1.2.3 ", run.stdout)
        self.assertIn("is not in PATH", run.stdout)
        self.assertEqual(self.installed(), ["roster"])
        self.assertEqual((self.folder / "bin/roster").read_bytes(), self.program)
        self.assertTrue(os.access(self.folder / "bin/roster", os.X_OK))

    def test_installs_named_release(self):
        self.publish("1.2.2", tracing_program(self.trace, "1.2.2"), is_latest=False)
        self.publish("1.2.3")
        for version in ["1.2.2", "v1.2.2"]:
            run = self.install(f"--version={version}")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn("installed roster 1.2.2 ", run.stdout)

    def test_installs_from_mirror(self):
        self.host.publish("mirror", "1.2.3", self.program)
        for arguments in [[], ["--version", "1.2.3"]]:
            run = self.install("--base-url", f"{self.host.url}/mirror/", *arguments)
            self.assertEqual(run.returncode, 0, run.stderr)

    @unittest.skipUnless(shutil.which("wget"), "wget is not installed")
    def test_installs_with_wget(self):
        self.publish()
        run = self.install(tools=["wget"])
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_needs_downloader(self):
        self.publish()
        run = self.install(tools=[])
        self.assertEqual(run.returncode, 3)
        self.assertIn("neither curl nor wget", run.stderr)

    def test_attacks_execute_and_install_nothing(self):
        for kind in ATTACKS:
            for arguments in [[], ["--version", "1.2.3"]]:
                with self.subTest(kind, arguments=arguments):
                    self.publish()
                    place = f"{RELEASES}/v1.2.3" if arguments else "acme/roster/releases/latest/download"
                    self.attack(kind, place)
                    run = self.install(*arguments)
                    self.assertEqual(run.returncode, 3, run.stdout + run.stderr)
                    problem = "has no digest" if kind == ATTACKS[3] else "and not"
                    self.expect_sentence(run.stderr, problem, "othing was installed")
                    self.expect_nothing_ran()
                    self.assertEqual(self.installed(), [])

    def test_attacked_program_would_run(self):
        # The attacks change nothing else: without the comparison the program runs.
        for kind in ATTACKS[:3:2]:
            self.publish()
            self.attack(kind)
            (path,) = (self.host.folder / RELEASES / "v1.2.3").glob("*.tar.gz")
            subprocess.run(["tar", "-xzf", path, "-C", self.folder], check=True, stderr=subprocess.DEVNULL)
            subprocess.run([self.folder / f"roster-1.2.3-{PLATFORM}/roster"], check=True, stdout=subprocess.DEVNULL)
            self.assertTrue((self.trace if kind == ATTACKS[0] else self.evil).exists())

    def test_keeps_older_program_when_attacked(self):
        self.publish()
        self.assertEqual(self.install().returncode, 0)
        before = (self.folder / "bin/roster").read_bytes()
        self.trace.unlink()
        self.publish("1.2.4", tracing_program(self.trace, "1.2.4") + bytes(9000))
        self.attack(ATTACKS[2], f"{RELEASES}/v1.2.4")
        self.assertEqual(self.install("--version", "1.2.4").returncode, 3)
        self.assertEqual((self.folder / "bin/roster").read_bytes(), before)
        self.assertEqual(self.installed(), ["roster"])
        self.expect_nothing_ran()

    def test_keeps_older_program_when_new_one_does_not_start(self):
        self.publish()
        self.assertEqual(self.install().returncode, 0)
        self.publish("1.2.4", b"#!/bin/sh\necho 'GLIBC_2.36 not found' >&2\nexit 1\n")
        run = self.install()
        self.assertEqual(run.returncode, 3)
        self.expect_sentence(run.stderr, "does not start on this system", "GLIBC_2.36 not found")
        self.assertEqual((self.folder / "bin/roster").read_bytes(), self.program)

    def test_refuses_invalid_arguments(self):
        for arguments in [["--version"], ["--version", "1/2"], ["--dir="], ["--base-url", "ftp://x"], ["--other"], ["x"]]:
            run = self.install(*arguments)
            self.assertEqual(run.returncode, 64, arguments)
            self.expect_sentence(run.stderr)
        run = self.install(base=False)
        self.assertEqual(run.returncode, 64)
        self.expect_sentence(run.stderr, "--base-url")
        self.assertEqual(self.host.requests, [])

    def test_does_nothing_when_cut_off(self):
        self.publish()
        text = (ROOT / "scripts/install.sh").read_text()
        for share in (0.3, 0.6, 0.99):
            part = self.folder / "part.sh"
            part.write_text(text[: int(len(text) * share)])
            self.install(script=part)
            self.assertEqual((self.host.requests, self.installed()), ([], []))

    def test_checks_example_within_ten_seconds(self):
        program = built_program()
        if not program.exists():
            self.skipTest("the program is not built")
        self.host.publish(RELEASES, "9.9.9", stripped_program(program))
        example = self.folder / "example.tar"
        subprocess.run(
            ["tar", "-cf", example, "-C", ROOT, "roster.yaml", "providers", "secrets"], check=True
        )
        start = time.monotonic()
        run = self.install()
        self.assertEqual(run.returncode, 0, run.stderr)
        (self.folder / "example").mkdir()
        subprocess.run(["tar", "-xf", example, "-C", self.folder / "example"], check=True)
        check = subprocess.run(
            [self.folder / "bin/roster", "check", "--strict"], cwd=self.folder / "example", env={"PATH": self.machine()},
            capture_output=True, text=True,
        )
        seconds = time.monotonic() - start
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
        self.assertLess(seconds, 10)
        print(f"install.sh and a check of the example: {seconds:.1f} s")


class Action(Download):
    """The steps of action.yml, with the digests that its own commit names."""

    def setUp(self):
        super().setUp()
        self.action = self.folder / "action"
        shutil.copytree(ROOT / "deploy/github", self.action / "deploy/github")
        shutil.copy(ROOT / "action.yml", self.action)
        self.work = self.folder / "work"
        self.work.mkdir()
        self.steps = 0

    def run_action(self, sums, **inputs):
        """Runs the action in the work folder, and returns its exit code and the last step that ran."""
        (self.action / "deploy/github/SHA256SUMS").write_text(sums)
        self.steps += 1
        folder = self.folder / f"runner-{self.steps}"
        folder.mkdir()
        runner = Runner(
            folder, None, None,
            {
                "PATH": os.environ["PATH"], "HOME": str(folder), "RUNNER_TEMP": str(folder),
                "GITHUB_SERVER_URL": self.host.url, "RUNNER_TOOL_CACHE": str(self.folder / "tools-cache"),
            },
        )
        github = {"repository": "acme/registry", "event": {}}
        values = {name.replace("_", "-"): value for name, value in inputs.items()}
        code = runner.use(self.action, "acme/roster", values, self.work, github)
        return code, runner.log[-1]

    def test_runs_verified_program(self):
        sums = self.publish()
        code, step = self.run_action(sums)
        self.assertEqual((code, step["step"]), (0, "Check"), step)
        self.assertTrue(self.trace.exists())

    def test_downloads_once(self):
        sums = self.publish()
        for _ in range(3):
            self.assertEqual(self.run_action(sums)[0], 0)
        self.assertEqual(len(self.host.requests), 1)

    def test_downloads_again_when_kept_file_differs(self):
        sums = self.publish()
        self.assertEqual(self.run_action(sums)[0], 0)
        self.trace.unlink()
        (kept,) = (path for path in (self.folder / "tools-cache").rglob("*") if path.is_file())
        kept.write_bytes(archive("1.2.3", tracing_program(self.evil)))
        self.assertEqual(self.run_action(sums)[0], 0)
        self.assertTrue(self.trace.exists() and not self.evil.exists())
        self.assertEqual(len(self.host.requests), 2)

    def test_takes_mirror(self):
        sums = self.host.publish("mirror", "1.2.3", self.program)
        code, step = self.run_action(sums, base_url=f"{self.host.url}/mirror")
        self.assertEqual(code, 0, step)

    def test_attacks_execute_nothing(self):
        for mode in ["check", "review"]:
            for kind in ATTACKS:
                with self.subTest(kind, mode=mode):
                    sums = self.publish()
                    self.attack(kind)
                    if kind == ATTACKS[3]:
                        sums = (self.host.folder / RELEASES / "v1.2.3/SHA256SUMS").read_text()
                    code, step = self.run_action(sums, mode=mode)
                    self.assertEqual((code, step["step"]), (3, "Program"), step)
                    problem = "names no released program" if kind == ATTACKS[3] else "it was not executed"
                    self.expect_sentence(step["error"], problem)
                    self.expect_nothing_ran()

    def test_ignores_digests_of_the_host(self):
        # The list of the host names the replaced archive: only the list of the action's commit counts.
        sums = self.publish()
        self.host.publish(RELEASES, "1.2.3", tracing_program(self.evil))
        code, step = self.run_action(sums)
        self.assertEqual((code, step["step"]), (3, "Program"))
        self.expect_nothing_ran()

    def test_refuses_two_programs_for_one_architecture(self):
        sums = self.publish() + self.publish("1.2.4")
        code, step = self.run_action(sums)
        self.assertEqual(code, 3)
        self.expect_sentence(step["error"], "2 released programs")
        self.assertEqual(self.host.requests, [])

    def test_checks_within_ten_seconds(self):
        program = built_program()
        if not program.exists():
            self.skipTest("the program is not built")
        sums = self.host.publish(RELEASES, "9.9.9", stripped_program(program))
        for name in ["roster.yaml", "providers", "secrets"]:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, self.work / name)
        start = time.monotonic()
        code, step = self.run_action(sums)
        seconds = time.monotonic() - start
        self.assertEqual((code, step["step"]), (0, "Check"), step)
        self.assertLess(seconds, 10)
        print(f"the action, from nothing to a verdict: {seconds:.1f} s")


if __name__ == "__main__":
    unittest.main()
