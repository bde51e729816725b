"""Keeps one comment of a pull request up to date: the one that this login wrote and that starts with the marker."""

import json
import os
import sys
import urllib.error
import urllib.request

MARKER = "<!-- roster-diff -->"
PAGES = 50


def main():
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    repository = os.environ["GITHUB_REPOSITORY"]
    number = int(os.environ["ROSTER_PULL_REQUEST"])
    login = os.environ.get("ROSTER_COMMENT_LOGIN") or "github-actions[bot]"
    with open(os.environ["ROSTER_COMMENT_FILE"], encoding="utf-8") as file:
        text = file.read()
    if text.split("\n", 1)[0] != MARKER:
        sys.exit("comment: the text does not start with the marker")
    issues = f"{api}/repos/{repository}/issues"
    own = find(f"{issues}/{number}/comments", login)
    if own is None:
        request("POST", f"{issues}/{number}/comments", {"body": text})
    else:
        request("PATCH", f"{issues}/comments/{own}", {"body": text})


def find(url, login):
    """The id of the comment to keep up to date. Anybody can write the marker; only this login's counts."""
    for page in range(1, PAGES + 1):
        comments = request("GET", f"{url}?per_page=100&page={page}")
        for comment in comments:
            body = (comment.get("body") or "").replace("\r\n", "\n")
            if (comment.get("user") or {}).get("login") == login and body.split("\n", 1)[0] == MARKER:
                return int(comment["id"])
        if len(comments) < 100:
            return None
    return None


def request(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ['ROSTER_COMMENT_TOKEN']}",
        "Content-Type": "application/json",
        "User-Agent": "roster",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"comment: {method} was answered with {error.code}")
    except urllib.error.URLError as error:
        sys.exit(f"comment: {method} failed: {error.reason}")


if __name__ == "__main__":
    main()
