"""Tests of the recipes in deploy/fleet/: each with the validator of its format, and its commands with a registry of images.

    python3 Tests/Deploying/test_fleet_recipes.py
"""

import base64
import json
import os
import re
import shutil
import socket
import string
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import kubernetes_validate
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Tests/Installing"), str(ROOT / "scripts/releasing")]
from release_host import built_program  # noqa: E402

FLEET = ROOT / "deploy/fleet"
USERNAME, PASSWORD = "publisher", "correct horse"


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def tool(name):
    """Returns the path of a program of Tests/requirements.txt."""
    beside = Path(sys.executable).with_name(name)
    path = beside if beside.exists() else shutil.which(name)
    assert path, f"{name} is not installed: scripts/install tests"
    return path


class FleetRecipes(unittest.TestCase):
    """A repository with two commits, a publishing key, and a registry of images with a password."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="roster-fleet-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = Path(scratch.name)
        cls.repository = cls.folder / "repository"
        cls.repository.mkdir()
        cls.environment = {"PATH": os.environ["PATH"], "HOME": str(cls.folder), "LC_ALL": "C.UTF-8", "TMPDIR": str(cls.folder)}
        cls.run_git("init", "--quiet", "--initial-branch=main")
        cls.roster("init", "--project", "acme")
        cls.commits = []
        for name in ("first", "second"):
            cls.roster(
                "provider", "create", "--project", "acme", "--name", name, "--provider", "ollama", "--default-model", "llama3.2",
            )
            cls.run_git("add", "--all")
            cls.run_git("commit", "--quiet", "--message", name)
            cls.commits.append(cls.run_git("rev-parse", "HEAD").strip())
        cls.key = cls.folder / "publishing.pem"
        (cls.folder / "trust.pem").write_text(cls.roster("key", "generate", "--publishing", "-o", str(cls.key)))
        cls.start_registry()

    @classmethod
    def start_registry(cls):
        cls.port = free_port()
        cls.host = f"127.0.0.1:{cls.port}"
        (cls.folder / "htpasswd").write_text(cls.password_file())
        configuration = {
            "version": 0.1,
            "storage": {"filesystem": {"rootdirectory": str(cls.folder / "images")}, "delete": {"enabled": True}},
            "http": {"addr": cls.host},
            "auth": {"htpasswd": {"realm": "test", "path": str(cls.folder / "htpasswd")}},
        }
        (cls.folder / "registry.yml").write_text(yaml.safe_dump(configuration))
        log = open(cls.folder / "registry.log", "wb")
        cls.addClassCleanup(log.close)
        registry = subprocess.Popen(
            ["docker-registry", "serve", cls.folder / "registry.yml"], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        cls.addClassCleanup(registry.wait)
        cls.addClassCleanup(registry.kill)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", cls.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the registry does not answer")

    @staticmethod
    def password_file():
        """Returns the file of the user, whose password docker-registry compares by bcrypt only."""
        program = 'print crypt($ARGV[0], "\\$2b\\$04\\$abcdefghijklmnopqrstuu")'
        hashed = subprocess.run(["perl", "-e", program, PASSWORD], check=True, capture_output=True, text=True).stdout
        return f"{USERNAME}:{hashed}\n"

    @classmethod
    def roster(cls, *arguments, expect=0, **options):
        run = subprocess.run(
            [built_program(), *arguments], cwd=cls.repository, env=cls.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, **options,
        )
        assert run.returncode == expect, f"{run.returncode}: {run.stderr}"
        return run.stdout

    @classmethod
    def run_git(cls, *arguments):
        settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main"]
        return subprocess.run(
            ["git", *settings, *arguments], cwd=cls.repository, env=cls.environment, check=True, capture_output=True, text=True
        ).stdout

    def auth_file(self):
        path = self.folder / "auth.json"
        auth = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        path.write_text(json.dumps({"auths": {self.host: {"auth": auth}}}))
        path.chmod(0o600)
        return path

    def publication(self, repository):
        """Returns the publication in a repository of the registry, which must be signed."""
        shown = self.roster(
            "publication", "show", f"oci://{self.host}/{repository}", "--trust", str(self.folder / "trust.pem"),
            "--auth-file", str(self.auth_file()), "--format", "json",
        )
        return json.loads(shown)

    # GitHub Actions

    def test_workflow_is_valid(self):
        recipe = FLEET / "publish.yaml"
        for command in (
            [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", recipe],
            [tool("actionlint"), "-no-color", recipe],
            [tool("zizmor"), "--offline", "--no-progress", "--color=never", recipe],
        ):
            run = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_workflow_publishes(self):
        recipe = yaml.safe_load((FLEET / "publish.yaml").read_text())
        step = next(step for step in recipe["jobs"]["publish"]["steps"] if step.get("name") == "Publish")
        temporary = self.folder / "runner"
        (temporary / "roster").mkdir(parents=True)
        (temporary / "roster/roster").symlink_to(built_program())

        def publish(commit, event="push", expect=0):
            shutil.rmtree(temporary / "auth.json", ignore_errors=True)
            environment = self.environment | {
                "RUNNER_TEMP": str(temporary), "GITHUB_SHA": commit, "GITHUB_EVENT_NAME": event, "USERNAME": USERNAME,
                "PASSWORD": PASSWORD, "HOST": self.host, "DESTINATION": f"oci://{self.host}/github/registry",
                "ROSTER_PUBLISHING_KEY": self.key.read_text(),
            }
            self.assertEqual(set(step["env"]) - set(environment), set())
            run = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], cwd=self.repository,
                env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            )
            self.assertEqual(run.returncode, expect, run.stdout + run.stderr)
            self.assertNotIn(PASSWORD, run.stdout + run.stderr)
            self.assertEqual((temporary / "auth.json").stat().st_mode & 0o777, 0o600)
            return run.stdout + run.stderr

        first, second = self.commits
        publish(second)
        self.assertEqual(self.publication("github/registry")["commit"], second)
        # The job of an older commit comes last.
        self.assertIn("--allow-older", publish(first, expect=1))
        serials = [self.publication("github/registry")["serial"]]
        for event in ("push", "schedule", "workflow_dispatch"):
            publish(second, event)
            self.assertEqual(self.publication("github/registry")["commit"], second)
            serials.append(self.publication("github/registry")["serial"])
        self.assertEqual(serials[0], serials[1], "a push of the same registry publishes nothing")
        self.assertEqual(len(set(serials)), 3, "a schedule and a manual run sign the registry again")

    # GitLab

    def test_gitlab_job_publishes(self):
        recipe = yaml.safe_load((FLEET / "gitlab-ci.yml").read_text())
        run = subprocess.run(
            [tool("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", FLEET / "gitlab-ci.yml"],
            capture_output=True, text=True,
        )
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        # The shell of the runner gets all lines as one script.
        script = "set -e\n" + "\n".join(recipe["roster-publish"]["script"])
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "roster").symlink_to(built_program())
        (programs / "tmp").mkdir()
        readable = self.folder / "variable"
        readable.write_text(self.key.read_text())
        readable.chmod(0o666)
        serials = []
        for event in ("push", "schedule", "web"):
            environment = self.environment | {
                "PATH": f"{programs}:{os.environ['PATH']}", "CI_COMMIT_SHA": self.commits[1], "CI_PIPELINE_SOURCE": event,
                "CI_REGISTRY": self.host, "CI_REGISTRY_USER": USERNAME, "CI_REGISTRY_PASSWORD": PASSWORD,
                "CI_PROJECT_PATH": "Acme/GitLab", "CI_REGISTRY_IMAGE": f"{self.host}/acme/gitlab",
                "ROSTER_PUBLISHING_KEY": str(readable), "TMPDIR": str(programs / "tmp"),
            }
            for name, value in recipe["variables"].items():
                environment[name] = string.Template(value).substitute(environment)
            run = subprocess.run(
                ["sh", "-c", script], cwd=self.repository, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                text=True,
            )
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            self.assertEqual(list((programs / "tmp").iterdir()), [], "the copy of the key is removed")
            shown = self.publication("acme/gitlab/llm-registry")
            self.assertEqual(shown["commit"], self.commits[1])
            serials.append(shown["serial"])
        self.assertEqual(len(set(serials)), 3, "a schedule and a manual run sign the registry again")

    # Kubernetes

    def test_kubernetes_objects_are_valid(self):
        objects = list(yaml.safe_load_all((FLEET / "kubernetes.yaml").read_text()))
        self.assertEqual([each["kind"] for each in objects], ["Deployment", "Service", "PodDisruptionBudget"])
        for each in objects:
            kubernetes_validate.validate(each, kubernetes_validate.latest_version(), strict=True)
        pod = objects[0]["spec"]["template"]["spec"]
        self.assertFalse(pod["automountServiceAccountToken"])
        container, = pod["containers"]
        self.assertTrue(container["securityContext"]["readOnlyRootFilesystem"])
        self.assertEqual(
            {mount["name"] for mount in container["volumeMounts"]}, {volume["name"] for volume in pod["volumes"]}
        )

    def test_kubernetes_server_follows(self):
        self.roster(
            "publish", "--rev", self.commits[1], "--key", str(self.key), "--auth-file", str(self.auth_file()),
            f"oci://{self.host}/acme/llm-registry",
        )
        objects = yaml.safe_load_all((FLEET / "kubernetes.yaml").read_text())
        container, = next(objects)["spec"]["template"]["spec"]["containers"]
        mounts = {
            "/etc/roster/trust.pem": self.folder / "trust.pem", "/etc/roster-pull/.dockerconfigjson": self.auth_file(),
            "/var/lib/roster": self.folder / "state", "registry.example.com": self.host, "0.0.0.0": "127.0.0.1",
        }
        arguments = [re.sub("|".join(map(re.escape, mounts)), lambda found: str(mounts[found[0]]), each) for each in container["args"]]
        self.assertEqual(self.digest_served(arguments).status, 200)
        self.assertTrue((self.folder / "state/publication.dsse").exists())

    def digest_served(self, arguments):
        """Starts a server, and returns its answer once it is ready."""
        port = free_port()
        log = open(self.folder / "server.log", "w+")
        self.addCleanup(log.close)
        server = subprocess.Popen(
            [built_program(), *arguments, "--port", str(port)], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                    return answer
            except OSError:
                log.seek(0)
                self.assertIsNone(server.poll(), log.read())
                time.sleep(0.05)
        log.seek(0)
        self.fail(log.read())

    # systemd

    def test_unit_is_valid(self):
        text = (FLEET / "roster-fleet.service").read_text().replace("/usr/local/bin/roster", str(built_program()))
        unit = self.folder / "roster-fleet.service"
        unit.write_text(text)
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
        self.assertEqual((verified.returncode, verified.stdout + verified.stderr), (0, ""))
        security = ["systemd-analyze", "security", "--offline=true", "--no-pager", unit]
        report = subprocess.run(security, capture_output=True, text=True).stdout
        self.assertLess(float(re.search(r"exposure level for \S+: ([\d.]+)", report)[1]), 2)

    # The manual's page

    def test_commands_without_roster_refuse_changed_files(self):
        page = (ROOT / "Documentation/Manual.docc/Fleets.md").read_text()
        commands, = (block for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) if "openssl pkeyutl -verify" in block)
        work = self.folder / "page/work"
        work.mkdir(parents=True)
        shutil.copy(self.folder / "trust.pem", work.parent)
        destination = f"dir:{work / 'site'}"
        self.roster("publish", "--rev", self.commits[0], "--key", str(self.key), destination)
        self.roster("publish", "--rev", self.commits[1], "--key", str(self.key), destination)
        index = json.loads((work / "site/index.json").read_text())
        # The channel is found by its name.
        index["manifests"].reverse()
        (work / "site/index.json").write_text(json.dumps(index))

        def verify(shell):
            shutil.rmtree(work / "verified", ignore_errors=True)
            run = subprocess.run([shell, "-c", commands], cwd=work, env=self.environment, capture_output=True, text=True)
            return run.returncode, (work / "verified/registry.json").exists(), run.stdout + run.stderr

        for shell in ("sh", "bash"):
            code, is_unpacked, output = verify(shell)
            self.assertEqual((code, is_unpacked), (0, True), output)
            self.assertEqual(
                json.loads((work / "verified/registry.json").read_text())["revision"]["commit"], self.commits[1]
            )
        names = {each["annotations"]["org.opencontainers.image.ref.name"]: each["digest"] for each in index["manifests"]}
        blobs = work / "site/blobs/sha256"
        manifest = json.loads((blobs / names["main"].removeprefix("sha256:")).read_text())
        for layer in manifest["layers"]:
            blob = blobs / layer["digest"].removeprefix("sha256:")
            intact = blob.read_bytes()
            position = intact.index(b'"payload":"') + 20 if layer["mediaType"].endswith("envelope.v1+json") else 4
            blob.write_bytes(intact[:position] + bytes([intact[position] ^ 1]) + intact[position + 1:])
            for shell in ("sh", "bash"):
                code, is_unpacked, output = verify(shell)
                self.assertNotEqual(code, 0, output)
                self.assertFalse(is_unpacked, layer["mediaType"])
            blob.write_bytes(intact)

    # Prometheus

    def test_alert_rules_are_valid(self):
        for command in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]):
            run = subprocess.run(["promtool", *command], cwd=FLEET, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_alert_rules_use_metrics_of_the_server(self):
        names = set(re.findall(r"roster_\w+", (FLEET / "alerts.yaml").read_text()))
        self.assertGreater(len(names), 4)
        page = (ROOT / "Documentation/Manual.docc/Fleets.md").read_text()
        for name in names:
            self.assertIn(name, page)
        for alert in re.findall(r"alert: (\w+)", (FLEET / "alerts.yaml").read_text()):
            self.assertIn(f"### {alert}", page)


if __name__ == "__main__":
    unittest.main()
