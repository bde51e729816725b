"""Tries to accept a plan in each way that must be rejected, and in each way that must be accepted.

    acceptance_peer.py COMMENT_PROGRAM REVIEW

COMMENT_PROGRAM is deploy/github/comment.py, and REVIEW a file with the review as JSON. Each attack is one change to a state
in which the plan is accepted. Prints the result of each as JSON.
"""

import copy
import json
import subprocess
import sys
import tempfile

from github_peer import BOT, MARKER, Host, Server

HEAD = "1" * 40


def good(plan):
    """Returns the state in which a person with write permission has accepted the plan."""
    return {
        "comments": [
            {
                "id": 900,
                "user": {"login": "Reviewer", "id": 20, "type": "User"},
                "body": f"/roster accept {plan}",
                "created_at": "2026-11-01T10:00:00Z",
                "updated_at": "2026-11-01T10:00:00Z",
                "issue_url": "https://api.example/repos/acme/registry/issues/7",
                "performed_via_github_app": None,
            }
        ],
        "pull": {
            "user": {"login": "author", "id": 10, "type": "User"},
            "head": {"sha": HEAD},
            "base": {"ref": "main"},
            "draft": False,
        },
        "permissions": {
            "reviewer": {"permission": "write", "role_name": "write", "user": {"login": "Reviewer", "id": 20}},
            "author": {"permission": "admin", "role_name": "admin", "user": {"login": "author", "id": 10}},
        },
        "teams": {},
        "faults": [],
    }


def body(text):
    """Returns a change of the comment's text."""

    def change(state, review):
        state["comments"][0]["body"] = text.replace("PLAN", review["plan"])

    return change


def comment(**members):
    """Returns a change of the comment's members."""
    return lambda state, review: state["comments"][0].update(members)


def user(**members):
    """Returns a change of the comment's author, with write permission for the new login."""

    def change(state, review):
        who = state["comments"][0]["user"]
        who.update(members)
        account = {"login": who["login"], "id": who["id"]}
        state["permissions"][str(who["login"]).lower()] = {"permission": "admin", "user": account}

    return change


def permission(**members):
    """Returns a change of the permission that the API returns."""
    return lambda state, review: state["permissions"]["reviewer"].update(members)


def fault(pattern, kind):
    """Returns a change that makes requests fail."""
    return lambda state, review: state["faults"].append([pattern, kind])


def pull(**members):
    """Returns a change of the pull request."""
    return lambda state, review: state["pull"].update(members)


def owners(*names, also=None):
    """Returns a change of the owners of all rows, and `also` as an additional change."""

    def change(state, review):
        for row in review["changes"]:
            row["owners"] = list(names)
        if also:
            also(state, review)

    return change


def reviewed(**members):
    """Returns a change of the review."""
    return lambda state, review: review.update(members)


def crowd(state, review):
    """Adds more comments than are read."""
    state["comments"] += [{"id": 2000 + n, "user": {"login": "x"}, "body": "x"} for n in range(5000)]


def candidates(state, review):
    """Adds acceptances by unauthorized users after the valid one."""
    for n in range(51):
        state["comments"].append(dict(state["comments"][0], id=901 + n, user={"login": f"s{n}", "id": 500 + n, "type": "User"}))


def twice(state, review):
    """Adds a rejected acceptance after the valid one."""
    state["comments"].append(dict(state["comments"][0], id=901, user={"login": "stranger", "id": 99, "type": "User"}))


def shouting(state, review):
    """Adds many acceptances by one unauthorized user and by the author after the valid one."""
    for n in range(130):
        other = {"login": "author", "id": 10, "type": "User"} if n % 2 else {"login": "stranger", "id": 99, "type": "User"}
        state["comments"].append(dict(state["comments"][0], id=901 + n, user=other))


def one_other_owner(state, review):
    """Changes the owner of only the first high-risk row to a user who did not accept."""
    row = next(row for row in review["changes"] if row["risk"] in ("high", "critical"))
    row["owners"] = ["@somebody-else"]


def no_owners(state, review):
    """Removes the owners from the rows."""
    for row in review["changes"]:
        row.pop("owners", None)


def quoting_bot(state, review):
    """Makes the bot's own comment quote the line as its first line."""
    state["comments"] = [{"id": 900, "user": {"login": BOT, "id": 41, "type": "Bot"}, "body": f"/roster accept {review['plan']}"}]


def marked(state, review):
    """Puts the line after the marker."""
    state["comments"][0]["body"] = f"{MARKER}\n/roster accept {review['plan']}"


def team_member(state, review):
    """Makes the person an active member of the team."""
    state["teams"]["acme/keepers/reviewer"] = "active"


PERMISSION = "/collaborators/"
MEMBERSHIP = "/memberships/"
TEAM = "@acme/keepers"

REFUSED = {
    # The user
    "the author": user(login="author", id=10),
    "the author in another case": user(login="AUTHOR", id=10),
    "the author's id under another login": user(id=10),
    "the author's login under another id": user(login="Author", id=77),
    "a user without write permission": permission(permission="read", role_name="read"),
    "a triage role": permission(permission="read", role_name="triage"),
    "no permission": permission(permission="none"),
    "a permission in another case": permission(permission="ADMIN"),
    "a permission that only the role names": permission(permission="read", role_name="admin"),
    "an unknown login": lambda state, review: state["permissions"].clear(),
    "a bot": user(type="Bot"),
    "an organization": user(type="Organization"),
    "a type in another case": user(type="user"),
    "a comment by an app": comment(performed_via_github_app={"id": 1, "slug": "x"}),
    "a deleted user": comment(user=None),
    "a login that is a path": user(login="x/../reviewer"),
    "a login with a query": user(login="reviewer?x="),
    "a login that is a number": user(login=5),
    "a recycled login": permission(user={"login": "Reviewer", "id": 21}),
    "a permission without a user": permission(user=None),
    "an unknown author": pull(user=None),
    "the roster's own comment": quoting_bot,
    # The line
    "an old plan": body("/roster accept 0123456789ab"),
    "upper case": body("/roster accept ABCDEFABCDEF"),
    "eleven digits": lambda state, review: state["comments"][0].update(body=f"/roster accept {review['plan'][:11]}"),
    "thirteen digits": body("/roster accept PLAN0"),
    "a quote": body("> /roster accept PLAN"),
    "a code block": body("```\n/roster accept PLAN\n```"),
    "an indented line": body("    /roster accept PLAN"),
    "the second line": body("Fine.\n/roster accept PLAN"),
    "an empty first line": body("\n/roster accept PLAN"),
    "a leading blank": body(" /roster accept PLAN"),
    "a trailing blank": body("/roster accept PLAN "),
    "trailing text": body("/roster accept PLAN please"),
    "two blanks": body("/roster  accept PLAN"),
    "a tab": body("/roster\taccept PLAN"),
    "a no-break space": body("/roster accept\u00a0PLAN"),
    "a fullwidth slash": body("\uff0froster accept PLAN"),
    "a Cyrillic letter": body("/roster \u0430ccept PLAN"),
    "a zero-width space": body("/roster accept \u200bPLAN"),
    "a byte order mark": body("\ufeff/roster accept PLAN"),
    "fullwidth digits": lambda state, review: state["comments"][0].update(
        body="/roster accept " + "".join(chr(ord(c) + 0xFEE0) for c in review["plan"])
    ),
    "a carriage return": body("/roster accept PLAN\rno, wait"),
    "two carriage returns": body("/roster accept PLAN\r\r\nx"),
    "a line separator": body("/roster accept PLAN\u2028no"),
    "a vertical tab": body("/roster accept PLAN\x0bno"),
    "a link": body("[/roster accept PLAN](https://x.example)"),
    "a comment of HTML": body("<!-- x -->/roster accept PLAN"),
    "capital letters": body("/Roster Accept PLAN"),
    "the line after the marker": marked,
    "no text": comment(body=None),
    # The comment
    "an edited comment": comment(updated_at="2026-11-01T10:00:01Z"),
    "a comment of an unknown time": lambda state, review: state["comments"][0].pop("created_at"),
    "a comment that is as old as the push": comment(created_at="2026-11-01T09:00:00Z", updated_at="2026-11-01T09:00:00Z"),
    "a comment before the push": comment(created_at="2026-10-31T10:00:00Z", updated_at="2026-10-31T10:00:00Z"),
    "a comment without a time": comment(created_at=None, updated_at=None),
    "a time that is not one": comment(created_at="9", updated_at="9"),
    "another pull request": comment(issue_url="https://api.example/repos/acme/registry/issues/17"),
    "another repository": comment(issue_url="https://api.example/repos/acme/other/issues/7"),
    "no comments": lambda state, review: state["comments"].clear(),
    # A review comment and the text of a review are not among the comments of the issue.
    "a review comment": lambda state, review: state["comments"].clear(),
    "a page after the last that is read": crowd,
    "many other acceptances after it": candidates,
    # The pull request
    "a head that has moved": pull(head={"sha": "2" * 40}),
    "another base": pull(base={"ref": "release"}),
    # The program
    "no plan": lambda state, review: review.pop("plan"),
    "a plan that is not one": reviewed(plan="/roster accept"),
    "no changes": lambda state, review: review.pop("changes"),
    "an unknown risk": lambda state, review: review["changes"][0].update(risk="extreme"),
    "no owners": no_owners,
    # Owners
    "another owner": owners("@somebody-else"),
    "an owner of another file": one_other_owner,
    "an e-mail owner": owners("reviewer@example.com"),
    "a login as the end of an owner": owners("@x-reviewer", "@reviewer2"),
    "an owner without the sign": owners("reviewer"),
    "a team that cannot be read": owners(TEAM, also=fault(MEMBERSHIP, 403)),
    "a team without the login": owners(TEAM),
    "a pending member": owners(TEAM, also=lambda state, review: state["teams"].update({"acme/keepers/reviewer": "pending"})),
    "a team that is a path": owners("@acme/../../repos", also=team_member),
    "a team's redirect": owners(TEAM, also=fault(MEMBERSHIP, "redirect")),
    # Requests that fail
    **{f"permission: {kind}": fault(PERMISSION, kind) for kind in [500, 404, 403, 302, "redirect", "drop", "garbage", "deep", "list", "null", "number", "empty"]},
    **{f"pull request: {kind}": fault("/pulls/", kind) for kind in [500, 404, "garbage", "list", "redirect"]},
    **{f"comments: {kind}": fault("/issues/7/comments", kind) for kind in [500, 403, "garbage", "null", "number", "huge"]},
}

ACCEPTED = {
    "a writer": lambda state, review: None,
    "an administrator": permission(permission="admin", role_name="admin"),
    "a maintainer": permission(permission="write", role_name="maintain"),
    "more text": body("/roster accept PLAN\n\nThe rotation of November."),
    "line ends of Windows": body("/roster accept PLAN\r\n\r\nFine."),
    "a managed user": owners("@reviewer_acme", also=user(login="Reviewer_acme", id=31)),
    "an owner": owners("@reviewer"),
    "one of several owners": owners("@somebody-else", "a@b.example", "@REVIEWER"),
    "a team's member": owners("@acme/Keepers", also=team_member),
    "a draft": pull(draft=True),
    "a fork": pull(head={"sha": HEAD, "repo": {"fork": True, "full_name": "author/registry"}}),
    "an unauthorized user after the accepting one": twice,
    "many comments of two unauthorized users after the accepting one": shouting,
    # Members that the API of a compatible host may lack.
    "a comment without the time of an edit": lambda state, review: state["comments"][0].pop("updated_at"),
}


def attempt(program, review, scenario, folder):
    """Runs the program in one state, and returns its exit code, outputs and requests."""
    with open(f"{folder}/review.json", "w") as file:
        json.dump(review, file)
    server = Server(Host(scenario, crowd=0))
    environment = dict(
        server.environment("7"),
        ROSTER_REVIEW=f"{folder}/review.json",
        ROSTER_COMMENT_STATE=f"{folder}/state",
        ROSTER_HEAD_COMMIT=HEAD,
        ROSTER_BASE_REF="main",
        ROSTER_ACCEPT_SINCE="2026-11-01T09:00:00Z",
        ROSTER_FAIL_ON="high",
    )
    run = subprocess.run(
        [sys.executable, "-I", program, "accept"], env=environment, capture_output=True, text=True, timeout=60
    )
    server.shutdown()
    paths = [path for _, path, _ in server.host.requests]
    return {"exit": run.returncode, "output": run.stdout, "error": run.stderr, "requests": paths}


def main():
    program, path = sys.argv[1:]
    with open(path) as file:
        original = json.load(file)
    results = {"refused": {}, "accepted": {}}
    with tempfile.TemporaryDirectory() as folder:
        for kind, table in (("refused", REFUSED), ("accepted", ACCEPTED)):
            for name, change in table.items():
                review = copy.deepcopy(original)
                scenario = good(review["plan"])
                change(scenario, review)
                results[kind][name] = attempt(program, review, scenario, folder)
    print(json.dumps(results))


main()
