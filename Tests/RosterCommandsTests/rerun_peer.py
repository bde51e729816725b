"""Runs rerun.py in states of a host in which the review must be repeated, and in states in which it must not.

    rerun_peer.py RERUN_PROGRAM

Prints the exit code, outputs and requests of each state, as JSON.
"""

import json
import subprocess
import sys

from github_peer import Host, Server

HEAD = "1" * 40
RUNS = "/repos/acme/registry/actions/workflows/review.yaml/runs"


class Actions(Host):
    """A host with workflow runs."""

    def __init__(self, scenario):
        super().__init__(scenario, crowd=0)
        self.runs = scenario["runs"]

    def answer(self, method, path, body):
        bare, _, query = path.partition("?")
        if bare == RUNS:
            wanted = f"event=pull_request_target&head_sha={HEAD}" in query
            return 200, {"workflow_runs": self.runs if wanted else []}
        if method == "POST" and bare.endswith("/rerun"):
            return 201, {}
        if bare.startswith("/repos/acme/registry/actions/runs/"):
            run = next(run for run in self.runs if run["id"] == int(bare.rsplit("/", 1)[1]))
            return 200, dict(run, status="completed")
        return super().answer(method, path, body)


def good():
    """Returns a state in which the review is repeated; its newest run is 72."""

    def run(number, **members):
        return {
            "id": number,
            "event": "pull_request_target",
            "head_sha": HEAD,
            "status": "completed",
            "conclusion": "failure",
            "pull_requests": [],
            **members,
        }

    return {
        "comments": [
            {
                "id": 900,
                "user": {"login": "Reviewer", "id": 20, "type": "User"},
                "body": "/roster accept 0123456789ab\r\nFine.",
                "created_at": "2026-11-01T10:00:00Z",
                "updated_at": "2026-11-01T10:00:00Z",
                "issue_url": "https://api.example/repos/acme/registry/issues/7",
            }
        ],
        "pull": {"user": {"login": "author", "id": 10}, "head": {"sha": HEAD}},
        "permissions": {"reviewer": {"permission": "write", "user": {"login": "Reviewer", "id": 20}}},
        "faults": [],
        "runs": [
            run(71),
            run(72),
            run(60),
            # A pull request can bring a workflow of the same name, which runs on another event.
            run(99, event="pull_request"),
            run(98, head_sha="2" * 40),
            run(97, pull_requests=[{"number": 8}]),
            # The run of an edited title.
            run(96, conclusion="skipped"),
        ],
    }


def comment(**members):
    return lambda state, variables: state["comments"][0].update(members)


def fault(pattern, kind):
    return lambda state, variables: state["faults"].append([pattern, kind])


def variable(name, value):
    return lambda state, variables: variables.update({name: value})


def run72(**members):
    return lambda state, variables: state["runs"][1].update(members)


STATES = {
    "again": {
        "an acceptance": lambda state, variables: None,
        "of the same repository": run72(pull_requests=[{"number": 7}, {"number": 8}]),
        "a run that is not finished": run72(status="in_progress", conclusion=None),
        "a cancelled run": run72(conclusion="cancelled"),
    },
    "nothing": {
        "another comment": comment(body="/roster accept it, please"),
        "another case": comment(body="/Roster Accept 0123456789ab"),
        "a quote": comment(body="> /roster accept 0123456789ab"),
        "a user without write permission": lambda state, variables: state["permissions"]["reviewer"].update(permission="read"),
        "the author": lambda state, variables: state["pull"]["user"].update(login="reviewer"),
        "a bot": comment(user={"login": "Reviewer", "id": 20, "type": "Bot"}),
        "another pull request": comment(issue_url="https://api.example/repos/acme/registry/issues/8"),
        "a review that has passed": run72(conclusion="success"),
    },
    "failed": {
        "no run": lambda state, variables: state["runs"].clear(),
        "too old": fault("/rerun", 403),
        "a permission that cannot be read": fault("/permission", 500),
        "no comment": fault("/issues/comments/", 404),
        "no pull request": fault("/pulls/", 500),
        "a head that is a path": lambda state, variables: state["pull"]["head"].update(sha="../../x"),
        "garbage": fault("/runs", "garbage"),
        "a list": fault("/runs", "list"),
    },
    "misused": {
        "no number": variable("ROSTER_PULL_REQUEST", ""),
        "a number that is a path": variable("ROSTER_PULL_REQUEST", "7/../8"),
        "no comment's id": variable("ROSTER_COMMENT_ID", ""),
        "a comment's id with a line": variable("ROSTER_COMMENT_ID", "900\n"),
        "no workflow": variable("GITHUB_WORKFLOW_REF", ""),
        "another folder": variable("GITHUB_WORKFLOW_REF", "acme/registry/review.yaml@refs/heads/main"),
        "a path": variable("GITHUB_WORKFLOW_REF", "acme/registry/.github/workflows/../x.yaml@refs/heads/main"),
        "a long wait": variable("ROSTER_RERUN_WAIT", "901"),
    },
}


def main():
    (program,) = sys.argv[1:]
    results = {}
    for kind, states in STATES.items():
        results[kind] = {}
        for name, change in states.items():
            state = good()
            variables = {
                "ROSTER_COMMENT_ID": "900",
                "ROSTER_RERUN_WAIT": "5",
                "GITHUB_WORKFLOW_REF": "acme/registry/.github/workflows/review.yaml@refs/heads/main",
            }
            change(state, variables)
            server = Server(Actions(state))
            environment = {**server.environment("7"), **variables}
            run = subprocess.run([sys.executable, "-I", program], env=environment, capture_output=True, text=True, timeout=60)
            requests = [f"{method} {path}" for method, path, _ in server.host.requests]
            results[kind][name] = {
                "exit": run.returncode,
                "output": run.stdout,
                "error": run.stderr,
                "requests": requests,
            }
            server.shutdown()
    print(json.dumps(results))


main()
