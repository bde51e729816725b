"""Reads and writes the comments of a pull request. Only this program and the modules in its folder get the token.

    comment.py pull    prints the head commit of the pull request, and what the host knows about its merge
    comment.py accept  prints the plan and the login of the person who accepted it; exits with 1 when there is none
    comment.py write   creates or updates the one comment of this login that starts with the marker

`accept` reads the comments into ROSTER_COMMENT_STATE, and `write` uses what it read.

    ROSTER_COMMENT_FILE   text to write
    ROSTER_COMMENT_STATE  file that the two steps share
    ROSTER_COMMENT_AT     lowest risk that creates a comment
    ROSTER_REVIEW         the review as JSON; empty when there is none
    ROSTER_ACCEPTED       the plan that roster itself confirmed as accepted; empty when it did not

Exit codes: 3 for a request that failed.
"""

import json
import os
import re
import sys

# With -I, Python does not search the folder of the script for modules.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import acceptance  # noqa: E402
import github_api  # noqa: E402
from acceptance import RISKS, member  # noqa: E402
from github_api import APIError  # noqa: E402

MARKER = "<!-- roster-diff -->"
# Reasons that the comment has room for; the log has all of them.
REASONS = 3


def main():
    commands = {"pull": pull, "accept": accept, "write": write}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("comment: give pull, accept or write")
    try:
        github_api.limit_time()
        sys.exit(commands[sys.argv[1]]())
    except APIError as error:
        print(f"comment: {error}", file=sys.stderr)
        sys.exit(3)


def number():
    return int(os.environ["ROSTER_PULL_REQUEST"])


def pull():
    """Prints the head commit, and on the next line why there may be no merge of it."""
    answer = github_api.get(github_api.in_repository("pulls", number()))
    head = member(answer, "head", "sha")
    head = head.lower() if isinstance(head, str) else ""
    if not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", head):
        raise APIError("the API gives no head commit")
    print(head)
    branch = os.environ.get("ROSTER_BASE_REF")
    target = member(answer, "base", "ref")
    if os.environ.get("ROSTER_HEAD_COMMIT") not in (None, "", head):
        print("moved")
    elif branch and isinstance(target, str) and target != branch:
        print("retargeted")
    elif member(answer, "mergeable") is False or member(answer, "mergeable_state") == "dirty":
        print("conflict")
    elif member(answer, "mergeable") is None and isinstance(answer, dict) and "mergeable" in answer:
        print("computing")
    else:
        print("unknown")


def read_comments():
    """Returns all comments, oldest first, and the id of the review's, found by marker and author since the marker is public."""
    comments = github_api.pages(github_api.in_repository("issues", number(), "comments"))
    login = os.environ.get("ROSTER_COMMENT_LOGIN") or "github-actions[bot]"
    own = None
    for comment in comments:
        body = member(comment, "body")
        first = body.replace("\r\n", "\n").split("\n", 1)[0] if isinstance(body, str) else ""
        if own is None and first == MARKER and member(comment, "user", "login") == login:
            own = int(member(comment, "id"))
    return comments, own


def review():
    """Returns the review; None if it could not be made."""
    path = os.environ.get("ROSTER_REVIEW")
    if not path:
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def accept():
    """Prints the plan and who accepted it, and keeps the answer for `write`."""
    comments, own = read_comments()
    document = review()
    head, branch, since = (os.environ.get(name, "") for name in ("ROSTER_HEAD_COMMIT", "ROSTER_BASE_REF", "ROSTER_ACCEPT_SINCE"))
    login, reasons = acceptance.decide(document, comments, number(), os.environ["ROSTER_FAIL_ON"], head, branch, since)
    for reason in reasons:
        print(f"review: not accepted: {reason}", file=sys.stderr)
    with open(os.environ["ROSTER_COMMENT_STATE"], "w", encoding="utf-8") as file:
        json.dump({"own": own, "login": login, "reasons": reasons, "plan": member(document, "plan")}, file)
    if login is None:
        return 1
    print(document["plan"], login)
    return 0


def write():
    """Writes the comment; a new one only for a change of the risk that deserves it."""
    with open(os.environ["ROSTER_COMMENT_FILE"], encoding="utf-8") as file:
        text = file.read()
    if text.split("\n", 1)[0] != MARKER:
        sys.exit("comment: the text does not start with the marker")
    try:
        with open(os.environ["ROSTER_COMMENT_STATE"], encoding="utf-8") as file:
            state = json.load(file)
    except FileNotFoundError:
        state = {"own": read_comments()[1], "login": None, "reasons": [], "plan": None}
    text = annotated(text, state)
    if state["own"] is not None:
        github_api.request("PATCH", github_api.in_repository("issues", "comments", state["own"]), {"body": text})
    elif deserves_comment(review()):
        github_api.request("POST", github_api.in_repository("issues", number(), "comments"), {"body": text})


def deserves_comment(document):
    """Returns whether a pull request without a comment gets one."""
    if document is None:
        return True
    highest = member(document, "summary", "highest")
    if highest is None:
        # Errors that only the head has hide changes: their risk is not known.
        return (member(document, "errors", "new") or 0) > 0
    return RISKS.index(highest) >= RISKS.index(os.environ.get("ROSTER_COMMENT_AT") or "low")


def annotated(text, state):
    """Returns the text with the person who accepted it, or with the reasons for refusals, after the verdict.

    All values of the pull request are escaped after that place, so none can look like this paragraph.
    """
    notes = []
    if plan := os.environ.get("ROSTER_ACCEPTED"):
        notes.append(f"**Accepted** by `{state['login']}`: plan `{plan}`.")
    elif state["login"] is not None:
        notes.append(f"Not accepted: `{state['login']}` accepted the plan, and `roster diff` does not let it pass.")
    else:
        notes += [f"Not accepted: {reason}." for reason in state["reasons"][:REASONS]]
    if not notes:
        return text
    # The verdict is the first paragraph after the marker.
    verdict = re.match(r"[^\n]*\n+(?:[^\n]+(?:\n|\Z))*", text)[0].rstrip("\n")
    return verdict + "\n\n" + "\n\n".join(notes) + "\n" + text[len(verdict) :].removeprefix("\n")


if __name__ == "__main__":
    main()
