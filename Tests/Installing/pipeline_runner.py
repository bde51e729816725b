"""Runs the jobs of GitLab's pipelines on this machine, with included files, rules, and scripts as the runner joins them."""

import os
import re
import subprocess
from pathlib import Path

import yaml

KEYS = {"stage", "image", "rules", "script", "before_script", "artifacts", "variables"}


def merged(base, other):
    """Returns two configurations merged as GitLab does: nested mappings are merged, everything else is replaced."""
    if isinstance(base, dict) and isinstance(other, dict):
        return base | {name: merged(base[name], value) if name in base else value for name, value in other.items()}
    return other


def flat(script):
    """Returns the commands of a script, in which lists may be nested."""
    return [line for part in script for line in (flat(part) if isinstance(part, list) else [part])]


class Pipeline:
    """The jobs of a `.gitlab-ci.yml`."""

    def __init__(self, path, remote):
        """`remote` returns the text of an included address."""
        own = yaml.safe_load(Path(path).read_text())
        configuration = {}
        for entry in own.pop("include"):
            (kind, address), = entry.items()
            assert kind == "remote", kind
            configuration = merged(configuration, yaml.safe_load(remote(address)))
        configuration = merged(configuration, own)
        self.variables = configuration.pop("variables")
        self.jobs = configuration

    def run(self, name, folder, environment):
        """Runs a job in a clone, and returns the finished process; None when no rule adds it to the pipeline."""
        job = self.jobs[name]
        assert set(job) <= KEYS, set(job) - KEYS
        variables = self.variables | job.get("variables", {})
        if not any(self.holds(rule["if"], environment) for rule in job["rules"]):
            return None
        assert variables[job["image"]["name"].lstrip("$")], "the image has no name"
        lines = flat(job.get("before_script", [])) + flat(job["script"])
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)], cwd=folder,
            env={"PATH": os.environ["PATH"]} | variables | environment,
            capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
        )

    @staticmethod
    def holds(rule, environment):
        """Returns whether a comparison of a variable with a text or another variable is true."""
        match = re.fullmatch(r'\$(\w+) == (?:"([^"]*)"|\$(\w+))', rule)
        assert match, rule
        return environment.get(match[1]) == (match[2] if match[3] is None else environment.get(match[3]))
