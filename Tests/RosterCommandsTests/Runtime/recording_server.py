"""A provider on loopback that records its requests and sends configured responses.

Usage: recording_server.py LOG ANSWERS [CERTIFICATE KEY | proxy PORT]. Prints its port. LOG gets one JSON line for
each request. ANSWERS is a JSON object: for "METHOD /path", a list of responses in order, of which the last is
repeated. A response has `status`, `headers`, `body` (JSON or text), `delay` in seconds, `gzip`, `echo` (the key of
the request in every encoding), or `raw` (bytes sent instead of a response). Other requests get a response that
every vendor's SDK accepts. With a certificate the server uses TLS; as a proxy it connects every CONNECT to PORT.
"""

import base64
import gzip
import json
import socket
import ssl
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG, ANSWERS = sys.argv[1], json.loads(sys.argv[2])
lock = threading.Lock()
given = {}

MODEL = {"id": "m1", "object": "model", "created": 1, "owned_by": "vendor", "type": "model", "display_name": "Model 1"}
LIST = {
    "object": "list",
    "data": [{**MODEL, "created_at": "2026-01-01T00:00:00Z"}],
    "has_more": False,
    "first_id": None,
    "last_id": None,
    "models": [{"name": "models/m1", "model": "m1", "displayName": "Model 1"}],
    "modelSummaries": [
        {
            "modelId": "m1",
            "modelArn": "arn:aws:bedrock:us-east-1::foundation-model/m1",
            "modelName": "Model 1",
            "providerName": "vendor",
            "modelLifecycle": {"status": "ACTIVE"},
        }
    ],
}
CHAT = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m1",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "pong"}}],
    "type": "message",
    "role": "assistant",
    "content": [{"type": "text", "text": "pong"}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 1, "output_tokens": 1, "inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
    "candidates": [{"content": {"parts": [{"text": "pong"}], "role": "model"}}],
    "message": {"role": "assistant", "content": "pong"},
    "done": True,
    "output": {"message": {"role": "assistant", "content": [{"text": "pong"}]}},
    "stopReason": "end_turn",
    "metrics": {"latencyMs": 1},
}


def spellings(key):
    """Returns encodings in which a server may echo a key."""
    raw = key.encode()
    return [
        key,
        key[3:-2],
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(b"Bearer " + raw).decode(),
        base64.b64encode(b"x" + raw).decode().rstrip("="),
        raw.hex(),
        "".join(f"%{byte:02X}" for byte in raw),
        urllib.parse.quote(key, safe=""),
        "".join(f"\\u{byte:04x}" for byte in raw),
        json.dumps(key)[1:-1].replace("/", "\\/"),
    ]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def note(self, record):
        with lock, open(LOG, "a") as log:
            log.write(json.dumps(record) + "\n")

    def body(self):
        if self.headers.get("transfer-encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        body = b""
        while length := int(self.rfile.readline().strip(), 16):
            body += self.rfile.read(length)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def key(self):
        for name in ("authorization", "x-goog-api-key", "api-key"):
            if value := self.headers.get(name):
                return value.removeprefix("Bearer ")
        return ""

    def answer(self):
        body = self.body().decode()
        headers = [[name.lower(), value] for name, value in self.headers.items()]
        self.note({"method": self.command, "target": self.path, "headers": headers, "body": body})
        place = f"{self.command} {self.path}"
        if place not in ANSWERS:
            place = place.split("?")[0]
        with lock:
            count = given[place] = given.get(place, 0) + 1
        answers = ANSWERS.get(place) or ANSWERS.get("*") or [{}]
        answer = answers[min(count, len(answers)) - 1]
        time.sleep(answer.get("delay", 0))
        if "raw" in answer:
            self.wfile.write(answer["raw"].encode())
            self.close_connection = True
            return
        content = answer.get("body", CHAT if self.command == "POST" else LIST)
        if answer.get("echo"):
            text = " | ".join(spellings(self.key()))
            content = {"error": {"message": f"bad key: {text}"}} if answer["echo"] == "json" else text
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
        if "size" in answer:
            content = b" " * answer["size"]
        self.send_response(answer.get("status", 200))
        fields = {"Content-Type": "application/json", **answer.get("headers", {})}
        if answer.get("gzip"):
            content = gzip.compress(content)
            fields["Content-Encoding"] = "gzip"
        for name, value in fields.items():
            self.send_header(name, value.replace("{key}", self.key()))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            pass

    do_GET = do_POST = answer

    def do_CONNECT(self):
        seen = b""
        with socket.create_connection(("127.0.0.1", int(sys.argv[4]))) as target:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            client = self.connection

            def back():
                try:
                    while data := target.recv(65536):
                        client.sendall(data)
                except OSError:
                    pass

            thread = threading.Thread(target=back)
            thread.start()
            try:
                while data := client.recv(65536):
                    seen += data
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            thread.join()
        headers = [[name.lower(), value] for name, value in self.headers.items()]
        self.note({"method": "CONNECT", "target": self.path, "headers": headers, "body": seen.decode("latin-1")})
        self.close_connection = True


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if len(sys.argv) == 5 and sys.argv[3] != "proxy":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
