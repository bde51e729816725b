"""Runs the review of a pull request again after a person accepted its plan in a comment.

A run on `issue_comment` belongs to the default branch: its result is not a check of the pull request. So the review's own
run for the head commit is run again. It reads the comments itself; this program decides nothing.

    ROSTER_PULL_REQUEST   number of the pull request, in digits
    ROSTER_COMMENT_ID     id of the comment, in digits
    ROSTER_RERUN_WAIT     seconds to wait for a run that is not finished, at most 900 (default 300)
    ROSTER_COMMENT_TOKEN  token that can read pull requests and write actions
    GITHUB_WORKFLOW_REF   the workflow, which also runs the review

Exit codes: 0 also for a comment that accepts nothing, 3 when the review cannot be run again, 64 for a variable that is not
valid.
"""

import os
import re
import sys
import time

# With -I, Python does not search the folder of the script for modules.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import acceptance  # noqa: E402
import github_api  # noqa: E402
from acceptance import LookupFailure, Refusal, member  # noqa: E402
from github_api import APIError  # noqa: E402

EVENT = "pull_request_target"
BY_HAND = "push a commit to the pull request, or run its last review again by hand"


def main():
    try:
        number = digits("ROSTER_PULL_REQUEST", 18)
        comment_id = digits("ROSTER_COMMENT_ID", 18)
        wait = digits("ROSTER_RERUN_WAIT", 3, "300", 900)
        workflow = re.fullmatch(
            r"[^@]*/\.github/workflows/([A-Za-z0-9._-]+\.ya?ml)@.*", os.environ.get("GITHUB_WORKFLOW_REF", ""), re.DOTALL
        )
        if not workflow:
            misused("GITHUB_WORKFLOW_REF is not a workflow")
        github_api.limit_time(wait + github_api.TOTAL)
        rerun(number, comment_id, wait, workflow[1])
    except (APIError, LookupFailure) as error:
        print(f"rerun: the review cannot be run again: {error}", file=sys.stderr)
        sys.exit(3)
    except Refusal as refusal:
        print(f"rerun: nothing to do: {refusal}")


def digits(name, length, default="", highest=None):
    """Returns the number in a variable."""
    text = os.environ.get(name) or default
    if not re.fullmatch("[0-9]{1,%d}" % length, text) or (highest is not None and int(text) > highest):
        misused(f"{name} is not a number" + (f" up to {highest}" if highest is not None else ""))
    return int(text)


def misused(text):
    print(f"rerun: {text}", file=sys.stderr)
    sys.exit(64)


def rerun(number, comment_id, wait, workflow):
    """Runs the latest review of the head commit again, if the comment accepts something."""
    comment = github_api.get(github_api.in_repository("issues", "comments", comment_id))
    if acceptance.command(comment) is None:
        raise Refusal("the first line of the comment is not /roster accept and 12 lower-case hex digits")
    login = acceptance.person(comment)
    acceptance.check_comment(comment, number)
    pull = github_api.get(github_api.in_repository("pulls", number))
    acceptance.check_author(comment, pull)
    acceptance.check_permission(comment, login)
    head = member(pull, "head", "sha")
    if not isinstance(head, str) or not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", head):
        raise APIError("the API gives no head commit")
    run = latest_run(workflow, number, head)
    deadline = time.monotonic() + wait
    # A review that is running may have read the comments before this one was written.
    while run.get("status") != "completed":
        if time.monotonic() >= deadline:
            raise APIError(f"it has been running for more than {wait} seconds: run it again when it is finished")
        time.sleep(min(10, max(1, deadline - time.monotonic())))
        run = github_api.get(github_api.in_repository("actions", "runs", run["id"]))
        if not isinstance(run, dict) or not isinstance(run.get("id"), int):
            raise APIError("the API gives no run")
    if run.get("conclusion") == "success":
        raise Refusal("the review has passed")
    try:
        github_api.request("POST", github_api.in_repository("actions", "runs", run["id"], "rerun"))
    except APIError as error:
        # Runs that are older than a month cannot be run again.
        raise APIError(f"{error}; {BY_HAND}") from None
    print(f"rerun: the review of pull request {number} runs again")


def latest_run(workflow, number, head):
    """Returns the newest run of the workflow for the head commit of the pull request."""
    answer = github_api.get(
        github_api.in_repository("actions", "workflows", workflow, "runs"), event=EVENT, head_sha=head, per_page=100
    )
    runs = member(answer, "workflow_runs")
    if not isinstance(runs, list):
        raise APIError("GET was not answered with a list")
    found = []
    for run in runs:
        if member(run, "event") != EVENT or member(run, "head_sha") != head or not isinstance(member(run, "id"), int):
            continue
        # An edited title starts a run that reviews nothing.
        if run.get("conclusion") == "skipped":
            continue
        # The list is empty for pull requests from forks.
        numbers = [member(pull, "number") for pull in member(run, "pull_requests") or []]
        if not numbers or number in numbers:
            found.append(run)
    if not found:
        raise APIError(f"there is no run for {head[:12]}: {BY_HAND}")
    return max(found, key=lambda run: run["id"])


if __name__ == "__main__":
    main()
