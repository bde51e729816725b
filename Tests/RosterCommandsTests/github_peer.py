"""Answers for GitHub's comments while the review script runs, and tells what became of them.

    github_peer.py SCRIPT FOLDER PULL_REQUEST ROUNDS

One round after the other; prints what each printed and ended with, and the comments at the end, as JSON. PEER_HEAD is the
head commit that the API gives; PEER_REFUSES makes it refuse every comment.
"""

import http.server
import json
import os
import subprocess
import sys
import threading

MARKER = "<!-- roster-diff -->"
# Strangers can write the marker; and the own login may have said other things.
comments = [
    {"id": 1, "user": {"login": "mallory"}, "body": MARKER + "\nall is well"},
    {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "see " + MARKER},
]
comments += [{"id": 10 + n, "user": {"login": "someone"}, "body": "me too"} for n in range(150)]
requests = []


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, value, status=200):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def note(self):
        requests.append([self.command, self.path, self.headers.get("Authorization")])

    def do_GET(self):
        self.note()
        if "/pulls/" in self.path:
            head = os.environ.get("PEER_HEAD")
            return self.answer({"head": {"sha": head}} if head else {}, 200 if head else 404)
        page = int(self.path.rsplit("page=", 1)[1])
        self.answer(comments[100 * (page - 1) : 100 * page])

    def do_POST(self):
        self.note()
        if "PEER_REFUSES" in os.environ:
            return self.answer({"message": "Resource not accessible by integration"}, 403)
        comments.append({"id": 1000, "user": {"login": "github-actions[bot]"}, "body": self.body()})
        self.answer(comments[-1], 201)

    def do_PATCH(self):
        self.note()
        comment = next(c for c in comments if c["id"] == int(self.path.rsplit("/", 1)[1]))
        comment["body"] = self.body()
        self.answer(comment)

    def log_message(self, *arguments):
        pass


def main():
    script, folder, number, rounds = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = dict(
        os.environ,
        GITHUB_ACTIONS="true",
        GITHUB_API_URL=f"http://127.0.0.1:{server.server_port}",
        GITHUB_REPOSITORY="acme/registry",
        ROSTER_PULL_REQUEST=number,
        ROSTER_COMMENT_TOKEN="the-comment-token",
    )
    runs = []
    for _ in range(int(rounds)):
        run = subprocess.run(["bash", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
        runs.append({"exit": run.returncode, "output": run.stdout, "error": run.stderr})
    print(json.dumps({"runs": runs, "comments": comments, "requests": requests}))


main()
