"""Serves a git repository over HTTP to clients with its token, while a command runs in a clone of it.

    private_git_peer.py REPOSITORY TOKEN COMMAND...

The clone is the current folder, whose remote origin is set to the server. Exits with the code of the command.
"""

import base64
import functools
import http.server
import os
import subprocess
import sys
import threading


class Handler(http.server.SimpleHTTPRequestHandler):
    token = ""

    def do_GET(self):
        wanted = "Basic " + base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        if self.headers.get("Authorization") != wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *arguments):
        pass


def main():
    repository, Handler.token, *command = sys.argv[1:]
    handler = functools.partial(Handler, directory=repository)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    subprocess.run(["git", "remote", "set-url", "origin", address], check=True)
    sys.exit(subprocess.run(command, env=dict(os.environ, GITHUB_SERVER_URL=address), timeout=120).returncode)


main()
