"""Tests of the recipes in deploy/: each with the validator of its format, and its command in a system that has nothing else.

    python3 Tests/Deploying/test_recipes.py
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import kubernetes_validate
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "Tests/Installing"), str(ROOT / "scripts/releasing")]
from release_host import archive, built_program, stripped_program  # noqa: E402
from testing.packages import enter, serve  # noqa: E402

DEPLOY = ROOT / "deploy"
KEY = "sk-Canary-7f3Kq9Zt-Wm2Lx8Rb5Yv1Hn4Jc6Pd0"
USER = 65532
# What stands for the application: it prints its environment.
APP = "#!/bin/sh\nexec env\n"


def tool(name):
    """Returns the path of a program of Tests/requirements.txt."""
    beside = Path(sys.executable).with_name(name)
    path = beside if beside.exists() else shutil.which(name)
    assert path, f"{name} is not installed: scripts/install tests"
    return path


def documents(name):
    return list(yaml.safe_load_all((DEPLOY / name).read_text()))


def unit_value(text, name):
    return re.search(rf"^{name}=(.*)$", text, re.MULTILINE)[1]


class Recipes(unittest.TestCase):
    """A registry with one provider and its identity, and root file systems with roster and a shell."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="roster-deploy-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = Path(scratch.name)
        cls.folder.chmod(0o755)
        cls.repository = cls.folder / "registry"
        cls.repository.mkdir()
        cls.environment = {"PATH": os.environ["PATH"], "HOME": str(cls.folder / "home"), "LC_ALL": "C.UTF-8"}
        cls.roster("init", "--project", "acme")
        cls.roster(
            "provider", "create", "--project", "acme", "--name", "GPT-4o", "--handle", "gpt-4o", "--provider", "openai",
            "--default-model", "gpt-5.6", "--base-url", "http://127.0.0.1:9/v1", "--seal", input=KEY,
        )
        # Without access control a server listens on loopback only.
        cls.roster("policy", "create", "reader", "--allow", "aiProviders:ListAiProviders", "--resource", "*")
        cls.roster("token", "create", "--name", "app", "--policy", "reader")
        cls.roster("compile", "-o", "registry.json")
        (cls.repository / "app.py").write_text("import os\nprint(os.environ['OPENAI_API_KEY'])\n")
        cls.identity = next((cls.folder / "home/.config/roster/identities").iterdir())

    @classmethod
    def roster(cls, *arguments, input=""):
        run = subprocess.run(
            [built_program(), *arguments], cwd=cls.repository, env=cls.environment, input=input, capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def call(self, *command, expect=0, **options):
        run = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
        self.assertEqual(run.returncode, expect, run.stdout + run.stderr)
        return run.stdout + run.stderr

    # A system with nothing but roster and a shell

    def system(self):
        """Returns a new root file system with roster, a shell, `env`, the application and the registry."""
        if os.geteuid() != 0:
            self.skipTest("a root file system with files of two users needs root")
        root = Path(tempfile.mkdtemp(dir=self.folder))
        root.chmod(0o755)
        for folder in ("usr/local/bin", "usr/bin", "bin", "app", "srv/app", "registry", "etc/roster", "run", "tmp"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / "usr/local/bin/roster").write_bytes(stripped_program(built_program()))
        programs = {built_program(), Path("/bin/sh").resolve(), Path(shutil.which("env")).resolve()}
        shutil.copy(Path("/bin/sh").resolve(), root / "bin/sh")
        shutil.copy(Path(shutil.which("env")).resolve(), root / "usr/bin/env")
        for program in programs:
            # The C library's loader prints the path of each library.
            for path in re.findall(r"(/\S+) \(0x", self.call("ldd", program)):
                (root / path[1:]).parent.mkdir(parents=True, exist_ok=True)
                if not (root / path[1:]).exists():
                    shutil.copy(path, root / path[1:])
        for path in ("usr/local/bin/python3", "usr/bin/python3"):
            (root / path).write_text(APP)
        for path in (root / "usr/local/bin").iterdir():
            path.chmod(0o755)
        (root / "usr/bin/python3").chmod(0o755)
        for path in ("registry/registry.json", "etc/roster/registry.json"):
            shutil.copy(self.repository / "registry.json", root / path)
        return root

    def place(self, root, path, mode, owner, group):
        """Puts the identity into a root file system."""
        file = root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.identity, file)
        os.chown(file, owner, group)
        file.chmod(mode)
        return file

    def start(self, root, command, environment, expect=0):
        """Runs the entry point as the container's user in the root file system, which is read-only."""
        prefix = enter(root, f"{USER}:{USER}")
        at = prefix.index("chroot")
        script = 'mount --rbind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        read_only = ["sh", "-c", script, str(root)]
        run = subprocess.run(
            [*prefix[:at], *read_only, *prefix[at:], *command], capture_output=True, text=True,
            env={"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", **environment},
        )
        self.assertEqual(run.returncode, expect, run.stdout + run.stderr)
        self.assertEqual(KEY in run.stdout + run.stderr, expect == 0)
        return run.stdout

    def expect_environment(self, text):
        """Expects the variables of the application: the key, and no trace of the identity."""
        lines = text.splitlines()
        for line in (f"OPENAI_API_KEY={KEY}", "OPENAI_BASE_URL=http://127.0.0.1:9/v1", "ROSTER_MODEL=gpt-5.6"):
            self.assertIn(line, lines)
        for name in ("ROSTER_IDENTITY", "CREDENTIALS_DIRECTORY"):
            self.assertNotIn(name, text)

    # Compose

    def test_compose_file_is_valid(self):
        self.call(tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")

    def test_compose_starts_the_application(self):
        recipe, = documents("compose.yaml")
        service = recipe["services"]["app"]
        self.assertEqual(service["user"], f"{USER}:{USER}")
        root = self.system()
        secret, = service["secrets"]
        path = f"/run/secrets/{secret}"
        self.assertEqual(service["environment"]["ROSTER_IDENTITY_FILE"], path)
        command = [*service["entrypoint"], *service["command"]]
        self.start(root, command, service["environment"], expect=3)
        file = self.place(root, path, 0o400, USER, USER)
        self.expect_environment(self.start(root, command, service["environment"]))
        # No other user may read the file.
        file.chmod(0o444)
        self.start(root, command, service["environment"], expect=3)

    def test_compose_starts_the_server(self):
        recipe, = documents("compose.yaml")
        root = self.system()
        serve([*enter(root, f"{USER}:{USER}"), "/usr/local/bin/roster", *recipe["services"]["registry"]["command"]])

    def test_images_are_named_by_digest(self):
        for name in ("Dockerfile", "app.Dockerfile"):
            text = (DEPLOY / name).read_text()
            for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE):
                self.assertRegex(image, r"@sha256:|^\$\{ROSTER_IMAGE\}$")
        recipe, = documents("compose.yaml")
        text = (DEPLOY / "app.Dockerfile").read_text()
        entry = yaml.safe_load(re.search(r"^ENTRYPOINT (.*)$", text, re.MULTILINE)[1])
        self.assertEqual(entry, recipe["services"]["app"]["entrypoint"])
        command = yaml.safe_load(re.search(r"^CMD (.*)$", text, re.MULTILINE)[1])
        self.assertEqual(command, recipe["services"]["app"]["command"])

    # Kubernetes

    def test_kubernetes_objects_are_valid(self):
        objects = documents("kubernetes.yaml")
        self.assertEqual([each["kind"] for each in objects], ["Deployment", "Deployment", "Service"])
        for each in objects:
            kubernetes_validate.validate(each, kubernetes_validate.latest_version(), strict=True)

    def test_kubernetes_pods_have_no_rights(self):
        for each in documents("kubernetes.yaml")[:2]:
            pod = each["spec"]["template"]["spec"]
            self.assertFalse(pod["automountServiceAccountToken"])
            self.assertTrue(pod["securityContext"]["runAsNonRoot"])
            self.assertEqual(pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
            for container in pod["containers"]:
                expected = {
                    "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
                }
                self.assertEqual(container["securityContext"], expected)
                self.assertIn("@sha256:", container["image"])
            has_identity = any("secret" in volume for volume in pod["volumes"])
            self.assertEqual(has_identity, each["metadata"]["name"] == "app")

    def test_kubernetes_starts_the_application(self):
        pod = documents("kubernetes.yaml")[0]["spec"]["template"]["spec"]
        container, = pod["containers"]
        volume = next(volume for volume in pod["volumes"] if "secret" in volume)
        mount = next(mount for mount in container["volumeMounts"] if mount["name"] == volume["name"])
        environment = {each["name"]: each["value"] for each in container["env"]}
        root = self.system()
        # The kubelet makes a folder for each version, and links to the newest one.
        folder = mount["mountPath"]
        self.place(
            root, f"{folder}/..2026_11_29/roster-identity", volume["secret"]["defaultMode"], 0,
            pod["securityContext"]["fsGroup"],
        )
        (root / folder[1:] / "..data").symlink_to("..2026_11_29")
        (root / folder[1:] / "roster-identity").symlink_to("..data/roster-identity")
        self.expect_environment(self.start(root, [*container["command"], *container["args"]], environment))

    def test_kubernetes_probes_the_server(self):
        container, = documents("kubernetes.yaml")[1]["spec"]["template"]["spec"]["containers"]
        self.assertEqual(container["readinessProbe"]["httpGet"]["path"], "/readyz")
        self.assertEqual(container["livenessProbe"]["httpGet"]["path"], "/livez")
        serve([*enter(self.system(), f"{USER}:{USER}"), "/usr/local/bin/roster", *container["args"]])

    # systemd

    def test_units_are_valid(self):
        for name, most in (("roster.service", 1.5), ("roster-exec.service", 1.7)):
            text = (DEPLOY / name).read_text().replace("/usr/local/bin/roster", str(built_program()))
            unit = self.folder / name
            unit.write_text(text)
            self.assertEqual(self.call("systemd-analyze", "verify", "--man=no", unit), "")
            report = self.call("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
            self.assertLess(float(re.search(r"exposure level for \S+: ([\d.]+)", report)[1]), most)

    def test_unit_starts_the_application(self):
        text = (DEPLOY / "roster-exec.service").read_text()
        self.assertEqual(unit_value(text, "LoadCredential"), "roster-identity:/etc/roster/identity")
        root = self.system()
        folder = "/run/credentials/app.service"
        # systemd grants access by a list, which shows as the group's.
        self.place(root, f"{folder}/roster-identity", 0o440, 0, USER)
        command = unit_value(text, "ExecStart").split()
        self.expect_environment(self.start(root, command, {"CREDENTIALS_DIRECTORY": folder}))

    # GitHub Actions

    def test_workflow_is_valid(self):
        recipe = DEPLOY / "app.yaml"
        self.call(tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", recipe)
        self.call(tool("actionlint"), "-no-color", recipe)
        self.call(tool("zizmor"), "--offline", "--no-progress", "--color=never", recipe)

    def test_workflow_runs_the_program(self):
        steps = documents("app.yaml")[0]["jobs"]["app"]["steps"]
        install, run = [step for step in steps if "run" in step]
        runner = self.folder / "runner"
        (runner / "bin").mkdir(parents=True)
        release = archive("0.2.0", stripped_program(built_program()))
        (runner / "release").write_bytes(release)
        # The download is the only step that needs a network.
        curl = runner / "bin/curl"
        curl.write_text('#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\nexec cp "$RUNNER_TEMP/release" "$2"\n')
        curl.chmod(0o755)
        environment = {**self.environment, "PATH": f"{runner}/bin:{os.environ['PATH']}", "RUNNER_TEMP": str(runner)}
        shell = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c"]
        wrong = self.call(*shell, install["run"], expect=1, cwd=self.repository, env=environment | install["env"])
        self.assertIn("FAILED", wrong)
        self.assertFalse((runner / "roster").exists())
        digest = {**install["env"], "SHA256": hashlib.sha256(release).hexdigest()}
        self.call(*shell, install["run"], cwd=self.repository, env=environment | digest)
        self.assertEqual(run["env"], {"ROSTER_IDENTITY": "${{ secrets.ROSTER_IDENTITY }}"})
        secret = {"ROSTER_IDENTITY": self.identity.read_text(), "HOME": str(runner)}
        output = self.call(*shell, run["run"], cwd=self.repository, env=environment | secret)
        self.assertEqual(output, KEY + "\n")


if __name__ == "__main__":
    unittest.main()
