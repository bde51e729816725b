"""Tests of the files that `roster init` writes, each with the program that reads it.

    python3 Tests/Installing/test_new_repository.py
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from pipeline_runner import Pipeline
from release_host import ROOT, ReleaseHost, built_program, stripped_program
from workflow_runner import Runner

sys.path.append(str(ROOT / "Tests/RosterCommandsTests"))
from github_peer import Host, Server  # noqa: E402

PROVIDER = "id: aip_5mLd1oQaRw7yXz2B\nname: Local model\nprovider: ollama\ndefaultModel: llama3.2\n"


def tool(name):
    """Returns the path of a program of Tests/requirements.txt."""
    beside = Path(sys.executable).with_name(name)
    path = beside if beside.exists() else shutil.which(name)
    assert path, f"{name} is not installed: scripts/install tests"
    return path


class NewRepository(unittest.TestCase):
    """An empty git repository, a copy of Roster's own repository, and a host of its releases."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="roster-init-")
        cls.addClassCleanup(scratch.cleanup)
        cls.shared = Path(scratch.name)
        (cls.shared / "host").mkdir()
        cls.host = ReleaseHost(cls.shared / "host")
        cls.addClassCleanup(cls.host.close)
        # What an action's commit holds, with the digests of a release that was published before.
        cls.project = cls.shared / "project"
        cls.project.mkdir()
        for name in ["action.yml", ".pre-commit-hooks.yaml"]:
            shutil.copy(ROOT / name, cls.project)
        shutil.copytree(ROOT / "deploy", cls.project / "deploy")
        sums = cls.host.publish("acme/roster/releases/download", "9.9.9", stripped_program(built_program()))
        (cls.project / "deploy/github/SHA256SUMS").write_text(sums)
        (cls.shared / "bin").mkdir()
        (cls.shared / "bin/roster").symlink_to(built_program())
        cls.environment = {
            "PATH": f"{cls.shared}/bin:{os.environ['PATH']}", "HOME": str(cls.shared / "home"),
            "GIT_CONFIG_GLOBAL": str(cls.shared / "home/.gitconfig"), "GIT_CONFIG_NOSYSTEM": "1",
        }
        (cls.shared / "home").mkdir()
        # The action's repository, by its public address. pre-commit reads only the file in the home folder.
        (cls.shared / "home/.gitconfig").write_text(
            f'[url "file://{cls.project}"]\n\tinsteadOf = https://github.com/acme/roster\n'
            "[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n"
            "[protocol \"file\"]\n\tallow = always\n[uploadpack]\n\tallowAnySHA1InWant = true\n"
        )
        cls.call(cls, "git", "init", "--quiet", folder=cls.project)
        cls.call(cls, "git", "add", "--all", folder=cls.project)
        cls.call(cls, "git", "commit", "--quiet", "--message=A release", folder=cls.project)
        cls.commit = cls.call(cls, "git", "rev-parse", "HEAD", folder=cls.project).stdout.strip()

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="roster-new-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.origin = self.folder / "registry.git"
        self.work = self.folder / "acme"
        self.work.mkdir()
        self.call("git", "init", "--quiet")
        self.call("git", "init", "--quiet", "--bare", self.origin)
        self.call("git", "remote", "add", "origin", self.origin)

    def call(self, *command, folder=None, code=0, **variables):
        """Runs a command in the repository, and expects an exit code."""
        run = subprocess.run(
            command, cwd=folder or self.work, env=self.environment | variables, capture_output=True, text=True,
            timeout=120, stdin=subprocess.DEVNULL,
        )
        if run.returncode != code:
            raise AssertionError(f"{command}: exit {run.returncode}\n{run.stdout}{run.stderr}")
        return run

    def init(self, *arguments, **choices):
        return self.call("roster", "init", "--action", f"acme/roster@{self.commit}", *arguments, **choices)

    def commit_all(self, message="Start a registry", branch="main"):
        self.call("git", "add", "--all")
        self.call("git", "commit", "--quiet", f"--message={message}")
        self.call("git", "push", "--quiet", "origin", f"HEAD:{branch}")
        return self.call("git", "rev-parse", "HEAD").stdout.strip()

    def write(self, path, text):
        (self.work / path).parent.mkdir(parents=True, exist_ok=True)
        (self.work / path).write_text(text)

    def branch_with_provider(self):
        self.call("git", "checkout", "--quiet", "-b", "change")
        self.write("providers/acme/local.yaml", PROVIDER)
        return self.commit_all("Add a provider", "change")

    # GitHub

    def runner(self, **variables):
        folder = Path(tempfile.mkdtemp(dir=self.folder))

        def action(repository, commit):
            self.assertEqual((repository, commit), ("acme/roster", self.commit))
            copy = Path(tempfile.mkdtemp(dir=self.folder))
            self.call("git", "clone", "--quiet", "https://github.com/acme/roster", copy)
            self.call("git", "checkout", "--quiet", commit, folder=copy)
            return copy

        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "RUNNER_TEMP": str(folder),
            "GITHUB_SERVER_URL": self.host.url, "GITHUB_REPOSITORY": "acme/registry",
        }
        return Runner(folder, f"file://{self.origin}", action, environment | variables)

    def check(self, sha):
        runner = self.runner()
        github = {"event_name": "push", "sha": sha, "event": {}, "repository": "acme/registry", "token": "t"}
        code = runner.run(self.work / ".github/workflows/roster.yaml", "check", github)
        self.assertEqual([step["step"] for step in runner.log], ["Program", "Check"], runner.log)
        return code, runner.log[-1]

    def review(self, head):
        """Runs the job of the review for a pull request with the merge that the host computes, and returns its comments."""
        base = self.call("git", "rev-parse", "main").stdout.strip()
        merge = self.call("git", "commit-tree", f"{head}^{{tree}}", "-p", base, "-p", head, "-m", "merge").stdout.strip()
        self.call("git", "push", "--quiet", "--force", "origin", f"{merge}:refs/pull/7/merge")
        host = Host({"pull": {"head": {"sha": head}}}, crowd=0)
        server = Server(host)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        runner = self.runner(GITHUB_API_URL=f"http://127.0.0.1:{server.server_port}")
        event = {
            "action": "opened",
            "pull_request": {
                "number": 7, "head": {"sha": head}, "base": {"ref": "main"}, "updated_at": "2026-11-01T10:00:00Z",
            },
        }
        github = {
            "event_name": "pull_request_target", "event": event, "repository": "acme/registry", "token": "the-token",
            "sha": base,
        }
        workflow = self.work / ".github/workflows/review.yaml"
        self.assertIsNone(runner.run(workflow, "accept", github))
        code = runner.run(workflow, "review", github)
        self.assertEqual([step["step"] for step in runner.log], ["Program", "Review"], runner.log)
        return code, [comment["body"] for comment in host.comments if comment["id"] == 1000], runner.log[-1]

    def test_first_push_is_green(self):
        shown = self.init("--project", "acme").stdout
        for path in [".github/workflows/roster.yaml", ".github/workflows/review.yaml", "roster.yaml"]:
            self.assertIn(f"wrote {path}: ", shown)
        self.assertIn("require the checks", shown)
        code, step = self.check(self.commit_all())
        self.assertEqual(code, 0, step)

    def test_mistake_is_red(self):
        self.init("--project", "acme")
        self.write("providers/acme/local.yaml", PROVIDER.replace("ollama", "olama"))
        code, step = self.check(self.commit_all())
        self.assertEqual(code, 1, step)
        self.assertIn("unknown-provider-slug", step["output"])

    def test_pull_request_is_reviewed(self):
        self.init("--project", "acme")
        self.commit_all()
        code, comments, step = self.review(self.branch_with_provider())
        self.assertEqual(code, 0, step)
        self.assertEqual(len(comments), 1)
        self.assertIn("acme/local", comments[0])

    def test_guarded_change_fails_review(self):
        self.init("--project", "acme")
        self.commit_all()
        self.call("git", "checkout", "--quiet", "-b", "change")
        (self.work / ".github/workflows/roster.yaml").unlink()
        code, comments, step = self.review(self.commit_all("Stop checking", "change"))
        self.assertEqual(code, 1, step)
        self.assertIn(".github/workflows/roster.yaml", comments[0])

    def test_registry_in_folder_is_checked_and_reviewed(self):
        registry = self.work / "infra/registry"
        registry.mkdir(parents=True)
        self.init("--repo", registry, "--project", "acme", "--pre-commit", "--owners", "@ann", "--vscode")
        self.assertFalse((registry / ".github").exists())
        code, step = self.check(self.commit_all())
        self.assertEqual(code, 0, step)
        self.call("git", "checkout", "--quiet", "-b", "change")
        self.write("infra/registry/providers/acme/local.yaml", PROVIDER)
        self.assertEqual(json.loads(self.diff("--repo", registry))["changes"][0]["owners"], ["@ann"])
        code, comments, step = self.review(self.commit_all("Add a provider", "change"))
        self.assertEqual(code, 0, step)
        self.assertIn("infra/registry/providers/acme/local.yaml", comments[0])
        self.expect_schemas()

    def test_linters_find_nothing(self):
        self.init("--project", "acme", "--gitlab", "--pre-commit", "--owners", "@acme/platform", "--vscode")
        run = self.call(tool("actionlint"), "-no-color")
        self.assertEqual((run.stdout, run.stderr), ("", ""))
        # Suppressed findings are those of the personas that are stricter than the default.
        run = self.call(tool("zizmor"), "--offline", "--no-progress", "--color=never", ".github")
        self.assertIn("No findings to report", run.stdout + run.stderr)
        schema = [tool("check-jsonschema"), "--builtin-schema"]
        for name in ["roster", "review"]:
            self.call(*schema, "vendor.github-workflows", f".github/workflows/{name}.yaml")
        self.call(*schema, "vendor.gitlab-ci", ".gitlab-ci.yml")
        self.call(*schema, "vendor.github-actions", self.project / "action.yml")
        self.call(tool("pre-commit"), "validate-config")

    # GitLab

    def pipeline(self):
        def remote(address):
            prefix = f"https://github.com/acme/roster/raw/{self.commit}/"
            self.assertTrue(address.startswith(prefix), address)
            return self.call("git", "show", f"{self.commit}:{address[len(prefix):]}", folder=self.project).stdout

        return Pipeline(self.work / ".gitlab-ci.yml", remote)

    def job(self, pipeline, name, head, branch, **variables):
        """Runs a job of a pipeline in a separate clone."""
        clone = Path(tempfile.mkdtemp(dir=self.folder))
        self.call("git", "clone", "--quiet", "--branch", branch, f"file://{self.origin}", clone)
        home = Path(tempfile.mkdtemp(dir=self.folder))
        return pipeline.run(
            name, clone,
            {
                "HOME": str(home), "GIT_CONFIG_GLOBAL": self.environment["GIT_CONFIG_GLOBAL"],
                "ROSTER_BASE_URL": f"{self.host.url}/acme/roster/releases/download",
                "CI_COMMIT_SHA": head, "CI_DEFAULT_BRANCH": "main", **variables,
            },
        )

    def test_pipeline_of_gitlab_is_green(self):
        self.init("--project", "acme", "--gitlab")
        head = self.commit_all()
        pipeline = self.pipeline()
        push = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"}
        run = self.job(pipeline, "roster-check", head, "main", **push)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("no problems", run.stderr + run.stdout)
        self.assertIsNone(self.job(pipeline, "roster-diff", head, "main", **push))

    def test_merge_request_of_gitlab_is_reviewed(self):
        self.init("--project", "acme", "--gitlab")
        self.commit_all()
        pipeline = self.pipeline()
        request = {
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_MERGE_REQUEST_PROJECT_URL": f"file://{self.origin}".removesuffix(".git"),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        }
        head = self.branch_with_provider()
        for name in ["roster-check", "roster-diff"]:
            run = self.job(pipeline, name, head, "change", **request)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertIn("acme/local", run.stdout)

    # Hooks, owners and editors

    def test_pre_commit_checks_commits(self):
        self.init("--project", "acme", "--pre-commit")
        cache = {"PRE_COMMIT_HOME": str(self.folder / "cache")}
        self.call(tool("pre-commit"), "install", **cache)
        self.call("git", "add", "--all")
        run = self.call("git", "commit", "--message=Start a registry", **cache)
        self.assertRegex(run.stderr + run.stdout, r"roster check\.+Passed")
        self.write("providers/acme/local.yaml", PROVIDER.replace("ollama", "olama"))
        self.call("git", "add", "--all")
        run = self.call("git", "commit", "--message=A mistake", code=1, **cache)
        self.assertIn("unknown-provider-slug", run.stderr + run.stdout)

    def diff(self, *arguments):
        return self.call("roster", "diff", "--format", "json", "main", *arguments).stdout

    def test_owners_are_read_from_code_owners(self):
        self.init("--project", "acme", "--owners", "@acme/platform,@ann", "--owners", "bob@example.com")
        self.commit_all()
        self.branch_with_provider()
        (row,) = json.loads(self.diff())["changes"]
        self.assertEqual(row["owners"], ["@acme/platform", "@ann", "bob@example.com"])

    def expect_schemas(self):
        """Expects that each schema of the editor's settings accepts the files that it is for."""
        settings = json.loads((self.work / ".vscode/settings.json").read_text())
        checked = 0
        for schema, pattern in settings["yaml.schemas"].items():
            self.assertTrue((self.work / schema).is_file(), schema)
            for path in sorted(self.work.glob(pattern)):
                self.call(tool("check-jsonschema"), "--schemafile", self.work / schema, path)
                checked += 1
        self.assertEqual(checked, 2)

    def test_editor_settings_name_schemas(self):
        self.init("--project", "acme", "--vscode")
        self.write("providers/acme/local.yaml", PROVIDER)
        self.expect_schemas()

    # Running it again

    def test_second_run_changes_nothing(self):
        options = ["--project", "acme", "--gitlab", "--pre-commit", "--owners", "@ann", "--vscode"]
        self.init(*options)
        self.commit_all()
        run = self.init(*options)
        self.assertNotIn("wrote ", run.stdout)
        self.assertEqual(run.stderr, "")
        self.assertEqual(self.call("git", "status", "--short").stdout, "")

    def test_keeps_files_of_the_user(self):
        files = [".gitlab-ci.yml", ".pre-commit-config.yaml", "docs/CODEOWNERS", ".vscode/settings.json"]
        for path in files:
            self.write(path, "mine\n")
        run = self.init("--project", "acme", "--gitlab", "--pre-commit", "--owners", "@ann", "--vscode")
        for path in files:
            self.assertEqual((self.work / path).read_text(), "mine\n")
            self.assertIn(f"kept {path}, which is there already", run.stderr)
        self.assertFalse((self.work / "CODEOWNERS").exists())
        # What the files lack is shown.
        self.assertIn("- id: roster-check", run.stderr)
        self.assertIn("/providers/", run.stderr)


if __name__ == "__main__":
    unittest.main()
