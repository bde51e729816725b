"""Checks the requests that nginx passes to a server with the configuration that Roster ships.

    proxy_peer.py CONFIGURATION PORT TOKEN PROVIDER      a closed server
    proxy_peer.py CONFIGURATION PORT                     an open server, which rejects all requests
    proxy_peer.py - PORT                                 the same, through one line of `proxy_pass`
"""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
API = "/api/v1/ai-providers"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start(folder, shipped, upstream, port):
    """Starts nginx with the configuration, except for paths and ports of the machine."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=registry.example.com",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )
    text = shipped
    for written, here in (
        ("server 127.0.0.1:4100;", f"server 127.0.0.1:{upstream};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/registry.example.com.pem", str(certificate)),
        ("/etc/ssl/registry.example.com.key", str(key)),
    ):
        assert written in text, written
        text = text.replace(written, here)
    return run(folder, text)


def run(folder, text):
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{text}\n}}\n"
    )
    return subprocess.Popen([NGINX, "-p", folder, "-e", folder / "error.log", "-c", configuration])


def ask(port, path, fields=(), method="GET", body=None):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    connection.request(method, path, body, {"Host": "registry.example.com", **dict(fields)})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def check_closed(port, upstream, token, provider):
    known = {"Authorization": f"Bearer {token}"}
    assert ask(port, API)[0] == 401
    status, fields, body = ask(port, API, known)
    direct = http.client.HTTPConnection("127.0.0.1", upstream, timeout=30)
    direct.request("GET", API, headers=known)
    answer = direct.getresponse()
    assert status == answer.status == 200 and body == answer.read() and fields["ETag"] == answer.headers["ETag"]
    assert len(fields["X-Request-Id"]) == 32, "the proxy names the request, and the server takes the name"
    assert fields["Cache-Control"].startswith("private")
    assert ask(port, API, known | {"If-None-Match": fields["ETag"]})[0] == 304
    assert ask(port, "/metrics", known)[0] == 403
    check_sign_in(port, token)
    change = known | {"Content-Type": "application/json"}
    status, _, body = ask(port, f"{API}/{provider}", change, "PATCH", b'{"name": "By way of a proxy"}')
    assert status == 405 and "By way of a proxy" in json.loads(body)["fileEdit"]["patch"]
    assert ask(port, f"{API}/{provider}", change, "PATCH", b" " * 1_048_577)[0] == 413


def check_sign_in(port, token):
    assert ask(port, "/")[0] == 401
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://registry.example.com"}
    body = f"token={token}&to=%2Fstatus.html"
    assert ask(port, "/sign-in", form | {"Origin": "https://evil.example"}, "POST", body)[0] == 403
    status, fields, _ = ask(port, "/sign-in", form, "POST", body)
    cookie, attributes = fields["Set-Cookie"].split("; ", 1)
    assert status == 303 and fields["Location"] == "/status.html"
    assert cookie.startswith("__Host-roster=") and attributes == "HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=43200"
    assert ask(port, "/status.html", {"Cookie": cookie})[0] == 200
    assert ask(port, API, {"Cookie": cookie})[0] == 401
    assert ask(port, "/sign-out", form | {"Cookie": cookie}, "POST")[0] == 303
    assert ask(port, "/status.html", {"Cookie": cookie})[0] == 401


def ask_plainly(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    return connection.getresponse().status


def main():
    upstream, rest = int(sys.argv[2]), sys.argv[3:]
    shipped = None if sys.argv[1] == "-" else Path(sys.argv[1]).read_text()
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx' workers may be another user
        if shipped is None:
            place = f"location / {{ proxy_pass http://127.0.0.1:{upstream}; }}"
            nginx = run(folder, f"server {{ listen 127.0.0.1:{port}; {place} }}")
        else:
            nginx = start(folder, shipped, upstream, port)
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.05)
            if shipped is None:
                assert {ask_plainly(port, path) for path in (API, "/livez", "/status", "/mcp")} == {421}
            elif rest:
                check_closed(port, upstream, *rest)
            else:
                assert {ask(port, path)[0] for path in (API, "/livez", "/status")} == {421}
        finally:
            nginx.terminate()
            nginx.wait()


if __name__ == "__main__":
    main()
