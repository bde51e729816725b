"""Resolves request paths as other programs do, and reports which of them leave their prefix.

Standard input: a line for each case, of three fields between tabs: `admitted` or `refused`, the prefix, the path.
Standard output: `{"escaped": [cases], "caught": number}`: admitted cases that some program resolves to a path outside the
prefix (at most 20), and the number of refused ones that some program does.

The programs are a URL parser of the WHATWG (ada), a parser of RFC 3986 (urllib), nginx, nginx that passes on what it has
decoded to another nginx, and models of servers that strip parameters, trailing dots or high bytes.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ada_url

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
DECODINGS = 4
# A server closes the connection once it refuses a request, and the rest of a batch is sent to it again.
BATCH = 500
HEAD = re.compile(rb"HTTP/1\.1 ([0-9]{3}) .*?\r\nContent-Length: ([0-9]+)\r\n.*?\r\n\r\n", re.DOTALL)


def configuration(folder):
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    echo = 'location / { default_type text/plain; return 200 "$uri"; }'
    servers = [f"merge_slashes on; {echo}", f"merge_slashes off; {echo}"]
    # The URI that is decoded once is sent, and decoded again.
    for upstream in ("merged", "unmerged"):
        passing = f'proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://{upstream}$uri;'
        servers.append(f"merge_slashes off; location / {{ {passing} }}")
    listening = "".join(
        f"server {{ listen unix:{folder}/{number}.sock; {server} }}\n" for number, server in enumerate(servers)
    )
    upstreams = "".join(
        f"upstream {name} {{ server unix:{folder}/{number}.sock; keepalive 8; }}\n"
        for number, name in enumerate(("merged", "unmerged"))
    )
    return (
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit; events {{}}\n"
        f"http {{ access_log off; keepalive_requests 10000000; {temporary}\n{upstreams}{listening}}}\n"
    ), len(servers)


def connect(path):
    for _ in range(200):
        try:
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(str(path))
            return connection
        except OSError:
            connection.close()
            time.sleep(0.05)
    raise SystemExit(f"nothing listens at {path}")


def ask(path, targets):
    """Returns the path that a server resolves each target to, or None for a rejected request."""
    return [answer for start in range(0, len(targets), BATCH) for answer in ask_batch(path, targets[start:start + BATCH])]


def ask_batch(path, targets):
    answers = []
    while len(answers) < len(targets):
        rest = targets[len(answers):]
        lines = [f"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n" for target in rest]
        lines.append("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        connection = connect(path)

        def send():
            try:
                connection.sendall("".join(lines).encode("latin-1"))
            except OSError:
                pass

        sender = threading.Thread(target=send)
        sender.start()
        received = bytearray()
        try:
            while block := connection.recv(1 << 20):
                received += block
        except OSError:
            pass
        connection.close()
        sender.join()
        count = len(answers)
        position = 0
        while len(answers) < len(targets) and (head := HEAD.match(received, position)):
            end = head.end() + int(head[2])
            body = received[head.end():end].decode("latin-1")
            answers.append(body if head[1] == b"200" else None)
            position = end
        if len(answers) == count:
            answers.append(None)
    return answers


def ask_nginx(targets):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        text, count = configuration(folder)
        (folder / "nginx.conf").write_text(text)
        nginx = subprocess.Popen([NGINX, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"])
        try:
            with ThreadPoolExecutor(count) as pool:
                return list(pool.map(lambda number: ask(folder / f"{number}.sock", targets), range(count)))
        finally:
            nginx.kill()  # A signal that a test runner blocks would wait.
            nginx.wait()


def decoded(path):
    return urllib.parse.unquote_to_bytes(path.encode("latin-1")).decode("latin-1")


def encoded(path):
    return re.sub(r"[^!-~]", lambda match: f"%{ord(match[0]):02X}", path)


def whatwg(path):
    return ada_url.URL("http://h" + (path if path.startswith("/") else "/" + path)).pathname


def rfc3986(path):
    # Only the path is joined, so that no part of it is treated as an authority.
    return urllib.parse.urlsplit(urllib.parse.urljoin("http://h/", "http://h/" + path.lstrip("/"))).path


def without_parameters(path):
    return re.sub(r";[^/]*", "", path)


def without_trailing_dots(path):
    path = path.replace("\\", "/")
    return "/".join(part if part in (".", "..") else re.sub(r"(?<=[^. ])[. ]+$", "", part) for part in path.split("/"))


def shortened_dots(path):
    return "/".join(".." if re.fullmatch(r"[. ]*\.[. ]*\.[. ]*", part) else part for part in path.split("/"))


def low_bytes(path):
    text = path.encode("latin-1").decode("utf-8", "replace")
    return "".join(chr(ord(character) & 0xFF) for character in text)


def without_controls(path):
    return re.sub(r"[\x00-\x1f\x7f]", "", path)


CHANGES = (without_parameters, without_trailing_dots, shortened_dots, low_bytes, without_controls)


def merged(path):
    return re.sub("/{2,}", "/", path)


def is_inside(prefix, path):
    return merged(decoded(path)).startswith(merged(decoded(prefix)))


def readings(prefix, path):
    """The paths that a server may resolve a request's path to, each with what it makes of the prefix."""
    for _ in range(DECODINGS):
        for parse in (whatwg, rfc3986):
            yield prefix, parse(encoded(path))
        for change in CHANGES:
            changed = change(path)
            if changed != path:
                yield change(prefix), whatwg(encoded(changed))
        following = decoded(path)
        if following == path:
            return
        prefix, path = decoded(prefix), following


def escapes(prefix, path, answers):
    if any(answer is not None and not is_inside(prefix, answer) for answer in answers):
        return True
    return any(not is_inside(changed, reading) for changed, reading in readings(prefix, path))


def main():
    cases = [line.rstrip("\n").split("\t") for line in sys.stdin]
    answers = ask_nginx([path for _, _, path in cases])
    result = {"escaped": [], "caught": 0}
    for number, (verdict, prefix, path) in enumerate(cases):
        if not escapes(prefix, path, [server[number] for server in answers]):
            continue
        if verdict == "refused":
            result["caught"] += 1
        elif len(result["escaped"]) < 20:
            result["escaped"].append([prefix, path] + [server[number] for server in answers])
    json.dump(result, sys.stdout)


main()
