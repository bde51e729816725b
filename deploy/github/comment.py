"""The only program that has the token: it talks with the host's API.

    comment.py write   keeps one comment up to date: the one that this login wrote and that starts with the marker
    comment.py head    prints the head commit of the pull request
"""

import json
import os
import re
import sys
import urllib.error
import urllib.request

MARKER = "<!-- roster-diff -->"
PAGES = 50
LIMIT = 16 << 20


def main():
    if sys.argv[1:] == ["head"]:
        print(head())
    elif sys.argv[1:] in ([], ["write"]):
        write()
    else:
        sys.exit("comment: give write or head")


def address(*parts):
    api = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return "/".join([api.rstrip("/"), "repos", os.environ.get("GITHUB_REPOSITORY", ""), *map(str, parts)])


def number():
    return int(os.environ["ROSTER_PULL_REQUEST"])


def head():
    """Returns the head commit of the pull request."""
    answer = request("GET", address("pulls", number()))
    commit = str((answer.get("head") or {}).get("sha", "")).lower() if isinstance(answer, dict) else ""
    if not re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", commit):
        sys.exit("comment: the API gives no head commit")
    return commit


def write():
    login = os.environ.get("ROSTER_COMMENT_LOGIN") or "github-actions[bot]"
    with open(os.environ["ROSTER_COMMENT_FILE"], encoding="utf-8") as file:
        text = file.read()
    if text.split("\n", 1)[0] != MARKER:
        sys.exit("comment: the text does not start with the marker")
    own = find(address("issues", number(), "comments"), login)
    if own is None:
        request("POST", address("issues", number(), "comments"), {"body": text})
    else:
        request("PATCH", address("issues", "comments", own), {"body": text})


def find(url, login):
    """Returns the id of the comment to keep up to date. Anybody can write the marker; only this login's counts."""
    for page in range(1, PAGES + 1):
        comments = request("GET", f"{url}?per_page=100&page={page}")
        for comment in comments:
            body = (comment.get("body") or "").replace("\r\n", "\n")
            if (comment.get("user") or {}).get("login") == login and body.split("\n", 1)[0] == MARKER:
                return int(comment["id"])
        if len(comments) < 100:
            return None
    return None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the token is for one host."""

    def redirect_request(self, *_):
        return None


def request(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {
        "Accept": "application/vnd.github+json",
        "Content-Type": "application/json",
        "User-Agent": "roster",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    if token := os.environ.get("ROSTER_COMMENT_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    opener = urllib.request.build_opener(NoRedirect)
    try:
        with opener.open(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.loads(answer.read(LIMIT))
    except urllib.error.HTTPError as error:
        sys.exit(f"comment: {method} was answered with {error.code}")
    except (OSError, ValueError) as error:
        sys.exit(f"comment: {method} failed: {getattr(error, 'reason', error)}")


if __name__ == "__main__":
    main()
