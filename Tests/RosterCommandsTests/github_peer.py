"""Serves a fake of GitHub's API while the review script runs, and prints the resulting comments.

    github_peer.py SCRIPT FOLDER PULL_REQUEST ROUNDS

Runs the rounds in sequence; prints the output and exit code of each, and the comments at the end, as JSON. PEER_HEAD is
the head commit that the API returns; PEER_REFUSES makes it reject every comment. PEER_SCENARIO is JSON with these members:

    comments     comments to add
    pull         the response to GET /pulls/N
    permissions  the permission of each login, by login in lower case
    teams        the state of a membership, by ORG/TEAM/LOGIN in lower case
    faults       pairs of a pattern of paths and a status or the name of a fault
"""

import http.server
import json
import os
import re
import subprocess
import sys
import threading

MARKER = "<!-- roster-diff -->"
BOT = "github-actions[bot]"


class Host:
    """The state of one repository on the host."""

    def __init__(self, scenario, crowd=150):
        # Any user can write the marker, and the bot may have written other comments.
        self.comments = [
            {"id": 1, "user": {"login": "mallory"}, "body": MARKER + "\nall is well"},
            {"id": 2, "user": {"login": BOT}, "body": "see " + MARKER},
        ]
        self.comments += [{"id": 10 + n, "user": {"login": "someone"}, "body": "me too"} for n in range(crowd)]
        self.comments += scenario.get("comments", [])
        self.pull = scenario.get("pull")
        self.permissions = scenario.get("permissions", {})
        self.teams = scenario.get("teams", {})
        self.faults = scenario.get("faults", [])
        self.requests = []

    def answer(self, method, path, body):
        """Returns the status and the JSON value of a response."""
        bare = path.split("?")[0]
        if match := re.fullmatch(r"/repos/acme/registry/collaborators/([^/]+)/permission", bare):
            value = self.permissions.get(match[1].lower())
            return (404, {"message": "Not Found"}) if value is None else (200, value)
        if match := re.fullmatch(r"/orgs/([^/]+)/teams/([^/]+)/memberships/([^/]+)", bare):
            value = self.teams.get("/".join(match.groups()).lower())
            return (404, {"message": "Not Found"}) if value is None else (200, {"state": value, "role": "member"})
        if re.fullmatch(r"/repos/acme/registry/pulls/[0-9]+", bare):
            return (404, {}) if self.pull is None else (200, self.pull)
        if match := re.fullmatch(r"/repos/acme/registry/issues/comments/([0-9]+)", bare):
            comment = next(c for c in self.comments if c["id"] == int(match[1]))
            if method == "PATCH":
                comment["body"] = body["body"]
            return 200, comment
        if re.fullmatch(r"/repos/acme/registry/issues/[0-9]+/comments", bare):
            if method == "POST":
                self.comments.append({"id": 1000, "user": {"login": BOT, "type": "Bot"}, "body": body["body"]})
                return 201, self.comments[-1]
            page = int(path.rsplit("page=", 1)[1])
            return 200, self.comments[100 * (page - 1) : 100 * page]
        return 404, {"message": "Not Found"}


class Handler(http.server.BaseHTTPRequestHandler):
    def handle_method(self):
        host = self.server.host
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        host.requests.append([self.command, self.path, self.headers.get("Authorization")])
        if self.command != "GET" and "PEER_REFUSES" in os.environ:
            return self.send(403, b'{"message": "Resource not accessible by integration"}')
        for pattern, fault in host.faults:
            if re.search(pattern, f"{self.command} {self.path}"):
                return self.fail(fault)
        status, value = host.answer(self.command, self.path, body)
        self.send(status, json.dumps(value).encode())

    do_GET = do_POST = do_PATCH = handle_method

    def fail(self, fault):
        if isinstance(fault, int):
            return self.send(fault, b'{"permission": "admin", "state": "active"}')
        if fault == "drop":
            return self.close_connection
        if fault == "redirect":
            return self.send(302, b"{}", Location=f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        if fault == "huge":
            return self.send(200, b"[" + b" " * (65 << 20) + b"]")
        values = {"garbage": b"<html>", "deep": b"[" * 200_000, "list": b"[]", "null": b"null", "empty": b"", "number": b"7"}
        self.send(200, values[fault])

    def send(self, status, data, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Serves one host on a free port of this machine."""

    daemon_threads = True

    def __init__(self, host):
        super().__init__(("127.0.0.1", 0), Handler)
        self.host = host
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def environment(self, number):
        """Returns the environment of a job of the pull request."""
        return dict(
            os.environ,
            GITHUB_ACTIONS="true",
            GITHUB_API_URL=f"http://127.0.0.1:{self.server_port}",
            GITHUB_REPOSITORY="acme/registry",
            ROSTER_PULL_REQUEST=number,
            ROSTER_COMMENT_TOKEN="the-comment-token",
        )


def main():
    script, folder, number, rounds = sys.argv[1:]
    scenario = json.loads(os.environ.pop("PEER_SCENARIO", "{}"))
    if head := os.environ.get("PEER_HEAD"):
        scenario.setdefault("pull", {"head": {"sha": head}})
    host = Host(scenario)
    environment = Server(host).environment(number)
    runs = []
    for _ in range(int(rounds)):
        run = subprocess.run(["bash", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
        runs.append({"exit": run.returncode, "output": run.stdout, "error": run.stderr})
    print(json.dumps({"runs": runs, "comments": host.comments, "requests": host.requests}))


if __name__ == "__main__":
    main()
