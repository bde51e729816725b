"""Finds the acceptance of a plan in the comments of a pull request, which are untrusted input.

An acceptance is a comment whose first line is exactly `/roster accept <12 hex>`, by a person with write permission who is
not the author of the pull request and who owns the files of all rows at or above the risk that fails the job. Everything that cannot
be looked up is a refusal with a reason.
"""

import re

import github_api
from github_api import APIError

RISKS = ["low", "medium", "high", "critical"]
PLAN = re.compile("[0-9a-f]{12}")
COMMAND = re.compile("/roster accept ([0-9a-f]{12})")
# Times of the API, which are in order as text.
TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
# GitHub's logins; managed users have an underscore.
LOGIN = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
TEAM = re.compile("@([A-Za-z0-9][A-Za-z0-9_-]*)/([A-Za-z0-9][A-Za-z0-9_-]*)")
# The people whose permission is looked up, those of the newest acceptances first.
CANDIDATES = 50
# Reasons that one refusal names.
REASONS = 3


class Refusal(Exception):
    """An acceptance that does not count. Its text is the reason, for the log and the comment."""


class LookupFailure(Refusal):
    """A refusal because a request failed: another attempt may have another result."""


def member(value, *names):
    """Returns a member of nested JSON objects; None if it is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def command(comment):
    """Returns the plan that the comment's first line names, or None."""
    body = member(comment, "body")
    if not isinstance(body, str):
        return None
    line = body.replace("\r\n", "\n").split("\n", 1)[0]
    match = COMMAND.fullmatch(line)
    return match[1] if match else None


def person(comment):
    """Returns the login of the comment's author, who must be a person."""
    login = member(comment, "user", "login")
    if not isinstance(login, str) or not LOGIN.fullmatch(login):
        raise Refusal("its author has no login")
    if member(comment, "user", "type") != "User":
        raise Refusal(f"`{login}` is not a person")
    if member(comment, "performed_via_github_app") is not None:
        raise Refusal(f"an app wrote the comment of `{login}`")
    return login


def same_user(one, other):
    """Returns whether two users of the API are the same: by id, or by login in any case."""
    ids = member(one, "id"), member(other, "id")
    if None not in ids and ids[0] == ids[1]:
        return True
    logins = [member(user, "login") for user in (one, other)]
    return all(isinstance(login, str) for login in logins) and logins[0].lower() == logins[1].lower()


def check_comment(comment, number, since=""):
    """Raises Refusal unless the comment belongs to this pull request, was never edited and is newer than the event."""
    issue = member(comment, "issue_url")
    if issue is not None:
        suffix = f"/repos/{github_api.repository()}/issues/{number}".lower()
        if not isinstance(issue, str) or not issue.lower().endswith(suffix):
            raise Refusal("the comment belongs to another pull request")
    # Everybody with write permission can edit the comments of others.
    times = member(comment, "created_at"), member(comment, "updated_at")
    if None not in times and times[0] != times[1]:
        raise Refusal("the comment was edited: write a new one")
    # A plan has 48 bits: two changes with the same plan can be found, but only before one of them is accepted.
    if since:
        created = member(comment, "created_at")
        if not isinstance(created, str) or not TIME.fullmatch(created):
            raise Refusal("the API gives no time of the comment")
        if created <= since:
            raise Refusal("the comment is older than the pull request's last push: write a new one")


def check_author(comment, pull):
    """Raises Refusal when the pull request's own author accepts it, or when its author is not known."""
    author = member(pull, "user")
    login = member(author, "login")
    if not isinstance(login, str) or not login:
        raise Refusal("the API gives no author of the pull request")
    if same_user(author, member(comment, "user")):
        raise Refusal(f"`{member(comment, 'user', 'login')}` is the author of the pull request")


def check_permission(comment, login):
    """Raises Refusal unless the comment's author can write to the repository now."""
    try:
        answer = github_api.get(github_api.in_repository("collaborators", login, "permission"))
    except APIError as error:
        raise LookupFailure(f"the permission of `{login}` cannot be looked up: {error}") from None
    if member(answer, "permission") not in ("admin", "write"):
        raise Refusal(f"`{login}` has no write permission")
    # A login can be given to another account after its owner was renamed.
    if "user" in answer and not same_account(answer["user"], member(comment, "user")):
        raise Refusal(f"`{login}` is another account now")


def same_account(one, other):
    """Returns whether two users agree in the login and, where both have one, in the id."""
    if not same_user({"login": member(one, "login")}, {"login": member(other, "login")}):
        return False
    ids = member(one, "id"), member(other, "id")
    return None in ids or ids[0] == ids[1]


def check_owners(login, rows, teams):
    """Raises Refusal unless the login owns each row that has owners; teams keeps what was looked up."""
    for row in rows:
        owners = member(row, "owners")
        if not isinstance(owners, list) or not all(isinstance(owner, str) for owner in owners):
            raise Refusal("the program gives no owners of a row")
        if not owners or f"@{login}".lower() in (owner.lower() for owner in owners):
            continue
        reasons = []
        for owner in owners:
            if match := TEAM.fullmatch(owner):
                if (match[1], match[2]) not in teams:
                    teams[match[1], match[2]] = membership(login, match[1], match[2])
                reason = teams[match[1], match[2]]
                if reason is None:
                    break
                reasons.append(reason)
            elif "@" in owner[1:]:
                reasons.append("CODEOWNERS names an e-mail address, which cannot be compared with a login")
        else:
            detail = "".join(f"; {reason}" for reason in list(dict.fromkeys(reasons))[:REASONS])
            raise Refusal(f"`{login}` does not own each file that CODEOWNERS names owners of{detail}")


def membership(login, organization, team):
    """Returns why the login is not a member of the team, or None when it is one."""
    name = f"@{organization}/{team}"
    try:
        answer = github_api.get(github_api.path("orgs", organization, "teams", team, "memberships", login))
    except APIError as error:
        return (
            f"whether `{login}` is in the team `{name}` cannot be looked up ({error}): name users in CODEOWNERS, or give a "
            "token that can read the members of the organization"
        )
    return None if member(answer, "state") == "active" else f"`{login}` is not an active member of the team `{name}`"


def rows_at_risk(review, risk):
    """Returns the rows of a review at or above a risk level."""
    rows = member(review, "changes")
    if not isinstance(rows, list):
        raise Refusal("the program gives no changes")
    if any(member(row, "risk") not in RISKS for row in rows):
        raise Refusal("the program gives a row without a risk")
    return [row for row in rows if RISKS.index(row["risk"]) >= RISKS.index(risk)]


def check_pull(pull, head, branch):
    """Raises Refusal when the pull request is no longer the one that was reviewed."""
    present = member(pull, "head", "sha")
    if head and isinstance(present, str) and present.lower() != head:
        raise Refusal("the head of the pull request has changed")
    target = member(pull, "base", "ref")
    if branch and isinstance(target, str) and target != branch:
        raise Refusal("the base branch of the pull request has changed")


def decide(review, comments, number, risk, head="", branch="", since=""):
    """Returns who accepted the review's plan, or None, and the reasons why acceptances of it do not count."""
    plan = member(review, "plan")
    if not isinstance(plan, str) or not PLAN.fullmatch(plan):
        return None, []
    named = [(comment, command(comment)) for comment in comments]
    present = [comment for comment, name in named if name == plan]
    reasons = []
    if not present and any(name for _, name in named):
        reasons.append(f"the acceptances in the comments are of other plans: the present plan is `{plan}`")
    if not present:
        return None, reasons
    try:
        pull = github_api.get(github_api.in_repository("pulls", number))
        check_pull(pull, head, branch)
        rows = rows_at_risk(review, risk)
    except APIError as error:
        return None, [f"the pull request cannot be looked up: {error}"]
    except Refusal as refusal:
        return None, [str(refusal)]
    asked = set()
    for comment in reversed(present):
        try:
            login = person(comment)
            check_comment(comment, number, since)
            check_author(comment, pull)
            # One person's many comments take no place of another's.
            account = login.lower(), str(member(comment, "user", "id"))
            if account in asked:
                continue
            if len(asked) == CANDIDATES:
                reasons.append(f"more than {CANDIDATES} people accepted this plan, and only the last of them were looked at")
                break
            asked.add(account)
            check_permission(comment, login)
            check_owners(login, rows, {})
            return login, []
        except Refusal as refusal:
            reasons.append(str(refusal))
    return None, list(dict.fromkeys(reasons))
