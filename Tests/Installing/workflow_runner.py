"""Runs the jobs of a workflow of GitHub on this machine, with a checkout and a composite action.

Only the parts that Roster's workflows use are known; anything else raises an error, so that a test cannot pass by
leaving out a step.
"""

import re
import subprocess
from pathlib import Path

import yaml

TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w-]*)|(?P<number>\d+)|(?P<sign>\|\||&&|==|!=|[!().,]))")


class Expression:
    """An expression of a workflow, evaluated with nested dictionaries as contexts."""

    def __init__(self, text, contexts):
        self.tokens, position = [], 0
        while text[position:].strip():
            match = TOKEN.match(text, position)
            if not match:
                raise ValueError(f"cannot read the expression {text!r} at {position}")
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()
        self.contexts = contexts

    def value(self):
        result = self.any_of()
        if self.tokens:
            raise ValueError(f"unread: {self.tokens}")
        return result

    def take(self, sign):
        if self.tokens and self.tokens[0] == ("sign", sign):
            del self.tokens[0]
            return True
        return False

    def any_of(self):
        value = self.all_of()
        while self.take("||"):
            other = self.all_of()
            value = value or other
        return value

    def all_of(self):
        value = self.comparison()
        while self.take("&&"):
            other = self.comparison()
            value = value and other
        return value

    def comparison(self):
        value = self.operand()
        for sign in ("==", "!="):
            if self.take(sign):
                return (value == self.operand()) == (sign == "==")
        return value

    def operand(self):
        if self.take("!"):
            return not self.operand()
        if self.take("("):
            value = self.any_of()
            assert self.take(")")
            return value
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return int(text)
        if text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[text]
        if self.take("("):
            arguments = [self.any_of()]
            while self.take(","):
                arguments.append(self.any_of())
            assert self.take(")") and text == "startsWith", text
            return str(arguments[0]).lower().startswith(str(arguments[1]).lower())
        value = self.contexts[text]
        while self.take("."):
            member = self.tokens.pop(0)[1]
            value = value.get(member) if isinstance(value, dict) else None
        return value


def fill(text, contexts):
    """Returns a value of a workflow as text, with the values of its expressions."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: shown(Expression(match[1], contexts).value()), shown(text), flags=re.S)


def shown(value):
    """Returns a value as text, as GitHub does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def condition(step, contexts):
    """Returns whether the `if:` of a job or step holds."""
    text = step.get("if")
    return text is None or bool(Expression(re.sub(r"\$\{\{|\}\}", "", str(text)), contexts).value())


class Runner:
    """A runner of one job at a time, in an empty folder."""

    def __init__(self, folder, origin, actions, environment):
        """`actions` returns the folder of an action by its repository and commit."""
        self.folder, self.origin, self.actions = Path(folder), origin, actions
        self.environment = environment
        self.log, self.jobs = [], 0

    def run(self, workflow, job_name, github, before=None):
        """Runs a job, and returns its exit code: 0, or that of the step that failed; None when the job is skipped.

        `before` are commands that run in the job's folder after its checkout.
        """
        flow = yaml.safe_load(Path(workflow).read_text())
        job = flow["jobs"][job_name]
        assert flow["permissions"] == {} and job["runs-on"] == "ubuntu-latest" and job["permissions"]
        contexts = {"github": github, "inputs": {}, "steps": {}}
        if not condition(job, contexts):
            return None
        self.jobs += 1
        workspace = self.folder / f"job-{self.jobs}"
        workspace.mkdir()
        for step in job["steps"]:
            assert set(step) <= {"uses", "with"}, step
            inputs = {name: fill(value, contexts) for name, value in step.get("with", {}).items()}
            repository, commit = step["uses"].split("@")
            if repository == "actions/checkout":
                self.check_out(workspace, inputs, github)
                for command in before or []:
                    subprocess.run(command, cwd=workspace, check=True)
                continue
            code = self.use(self.actions(repository, commit), repository, inputs, workspace, github)
            if code:
                return code
        return 0

    def check_out(self, workspace, inputs, github):
        assert inputs["persist-credentials"] == "false"
        depth = [] if inputs.get("fetch-depth") == "0" else ["--depth=1"]
        for arguments in [
            ["init", "--quiet"],
            ["remote", "add", "origin", self.origin],
            ["fetch", "--quiet", *depth, "origin", inputs.get("ref") or github["sha"]],
            ["-c", "advice.detachedHead=false", "checkout", "--quiet", "FETCH_HEAD"],
        ]:
            subprocess.run(["git", *arguments], cwd=workspace, check=True, capture_output=True)

    def use(self, action_folder, repository, inputs, workspace, github):
        """Runs a composite action, and returns the exit code of the step that failed."""
        action = yaml.safe_load((action_folder / "action.yml").read_text())
        unknown = set(inputs) - set(action["inputs"])
        assert not unknown and action["runs"]["using"] == "composite", unknown
        values = {name: str(value.get("default", "")) for name, value in action["inputs"].items()} | inputs
        contexts = {"github": github | {"action_repository": repository}, "inputs": values, "steps": {}}
        for index, step in enumerate(action["runs"]["steps"]):
            assert set(step) <= {"name", "id", "if", "shell", "env", "run"} and step["shell"] == "bash", step
            if not condition(step, contexts):
                continue
            output = self.folder / f"output-{len(self.log)}-{index}"
            output.write_text("")
            environment = self.environment | {
                "GITHUB_ACTION_PATH": str(action_folder),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_WORKSPACE": str(workspace),
                "GITHUB_ACTIONS": "true",
                **{name: fill(value, contexts) for name, value in step.get("env", {}).items()},
            }
            script = self.folder / f"step-{len(self.log)}-{index}.sh"
            script.write_text(fill(step["run"], contexts))
            run = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
                cwd=workspace, env=environment, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
            )
            self.log.append({"step": step["name"], "exit": run.returncode, "output": run.stdout, "error": run.stderr})
            if run.returncode:
                return run.returncode
            pairs = (line.split("=", 1) for line in output.read_text().splitlines())
            contexts["steps"][step.get("id", step["name"])] = {"outputs": dict(pairs)}
        return 0
