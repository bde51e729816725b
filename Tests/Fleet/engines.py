"""The real engines that carry publications: three nodes of etcd, an OCI registry, and a web server."""

import base64
import json
import signal
import urllib.error
import urllib.request
from pathlib import Path

import machine
from machine import Program
from proxy import Rules

# A credential that must never be in any output, and the line of htpasswd (bcrypt) for it.
OCI_PASSWORD = "canary-oci-5f1b7c2e"
OCI_HASH = "$2b$04$/CyFWmbSb7iWsT3nFG8PNOUAja60oeJ1QY.oKeoLY4uzPTFnVRnDC"
ETCD_PASSWORD = "canary-etcd-90ab31de"
ROOT_PASSWORD = "root-of-the-fleet"
PREFIX = "roster/"


class Unavailable(Exception):
    """An engine did not do what was asked for."""


def text64(value):
    return base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()


def request(method, url, body=None, fields=None, seconds=5):
    """Returns the status, the fields and the body of a response."""
    asked = urllib.request.Request(url, data=body, headers=fields or {}, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=seconds) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()
    except OSError as error:
        raise Unavailable(f"{method} {url}: {error}") from None


class Etcd:
    """Three nodes. Unless they are direct, peers reach each other through links, which can be cut without root."""

    def __init__(self, network, folder, has_passwords=True, is_direct=False):
        self.network, self.folder, self.has_passwords = network, Path(folder), has_passwords
        self.folder.mkdir()
        self.is_direct = is_direct
        self.nodes, self.links, self.ports, self.tokens = [], [], machine.free_ports(3), {}

    def start(self):
        peers = machine.free_ports(3)
        if not self.is_direct:
            self.links = [self.network.link(f"peer{number}", peers[number]) for number in range(3)]
        ways = [link.port for link in self.links] or peers
        cluster = ",".join(f"n{number}=http://127.0.0.1:{port}" for number, port in enumerate(ways))
        for number in range(3):
            client = f"http://127.0.0.1:{self.ports[number]}"
            command = [
                "etcd", "--name", f"n{number}", "--data-dir", self.folder / f"n{number}", "--log-level", "warn",
                "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls",
                f"http://127.0.0.1:{peers[number]}", "--initial-advertise-peer-urls",
                f"http://127.0.0.1:{ways[number]}", "--initial-cluster", cluster,
                "--initial-cluster-token", "fleet", "--logger", "zap", "--log-outputs", "stderr",
            ]
            self.nodes.append(Program(command, self.folder / f"n{number}.log").start())
        machine.until(lambda: self.leader() is not None, 60, "etcd elects a leader")
        self.members = {
            member["name"]: int(member["ID"])
            for member in self.call("cluster/member/list", {}, retries=20)["members"]
        }
        if self.has_passwords:
            self.protect()

    def protect(self):
        """Demands passwords: root may do everything, fleet may read and write below the prefix."""
        end = PREFIX[:-1] + chr(ord(PREFIX[-1]) + 1)
        permission = {"permType": "READWRITE", "key": text64(PREFIX), "range_end": text64(end)}
        for path, value in (
            ("auth/user/add", {"name": "root", "password": ROOT_PASSWORD}),
            ("auth/role/add", {"name": "root"}),
            ("auth/user/grant", {"user": "root", "role": "root"}),
            ("auth/user/add", {"name": "fleet", "password": ETCD_PASSWORD}),
            ("auth/role/add", {"name": "fleet"}),
            ("auth/role/grant", {"name": "fleet", "perm": permission}),
            ("auth/user/grant", {"user": "fleet", "role": "fleet"}),
            ("auth/enable", {}),
        ):
            self.call(path, value, retries=5)
        self.is_protected = True

    is_protected = False

    def token(self, number):
        """Returns the token of root at a node; tokens are forgotten when the node restarts."""
        if number not in self.tokens:
            body = {"name": "root", "password": ROOT_PASSWORD}
            self.tokens[number] = self.post(number, "auth/authenticate", body, None)["token"]
        return self.tokens[number]

    def post(self, number, path, value, token, seconds=2):
        url = f"http://127.0.0.1:{self.ports[number]}/v3/{path}"
        fields = {"Authorization": token} if token else {}
        status, _, body = request("POST", url, json.dumps(value).encode(), fields, seconds)
        if status != 200:
            raise Unavailable(f"etcd {path}: {status} {body[:200]!r}")
        return json.loads(body)

    def call(self, path, value, nodes=(0, 1, 2), retries=1, seconds=2):
        """Calls the first node that does what is asked for."""
        problem = None
        for _ in range(retries):
            for number in nodes:
                try:
                    return self.post(number, path, value, self.token(number) if self.is_protected else None, seconds)
                except Unavailable as error:
                    problem = error
                    self.tokens.pop(number, None)
        raise problem

    def leader(self):
        """Returns the number of the leading node; None while there is no leader that a node knows."""
        known = {}
        for number in range(3):
            try:
                status = self.call("maintenance/status", {}, (number,), seconds=1)
            except Unavailable:
                continue
            known[int(status["header"]["member_id"])] = number
            if int(status.get("leader", 0)) in known:
                return known[int(status["leader"])]
        return None

    def put(self, pairs):
        """Writes keys in one transaction."""
        puts = [{"request_put": {"key": text64(key), "value": text64(value)}} for key, value in pairs]
        if not self.call("kv/txn", {"success": puts}, retries=3).get("succeeded"):
            raise Unavailable("etcd did not commit the transaction")

    def get(self, key):
        """Returns the value of a key; None when it has none."""
        found = self.call("kv/range", {"key": text64(key)}, retries=3).get("kvs")
        return base64.b64decode(found[0].get("value", "")) if found else None

    def delete(self, key):
        self.call("kv/deleterange", {"key": text64(key)}, retries=3)

    def compact(self):
        """Removes the history up to the current revision, and defragments every node."""
        revision = self.call("kv/range", {"key": text64(PREFIX)}, retries=3)["header"]["revision"]
        self.call("kv/compaction", {"revision": revision, "physical": True}, retries=3)
        for number in range(3):
            self.call("maintenance/defragment", {}, (number,), retries=3, seconds=10)

    def isolate(self, number, others, directions):
        """Loses the bytes between a node and others: "up" is to the node, "down" from it, on each connection."""
        for other in others:
            for here, there in ((number, other), (other, number)):
                sender = f"{self.members[f'n{there}']:x}"
                rules = self.links[here].rules_by_sender.setdefault(sender, Rules())
                rules.holes = frozenset(directions)

    def heal(self):
        for link in self.links:
            link.heal()
        for node in self.nodes:
            node.send(signal.SIGCONT)
            if not node.is_running():
                node.start()

    def stop(self):
        for node in self.nodes:
            node.kill()


class Registry:
    """docker-registry, usually with a password."""

    def __init__(self, folder, has_password=True):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.port, = machine.free_ports(1)
        self.address = f"http://127.0.0.1:{self.port}"
        (self.folder / "htpasswd").write_text(f"fleet:{OCI_HASH}\n")
        self.basic = "Basic " + text64(f"fleet:{OCI_PASSWORD}")
        (self.folder / "config.yml").write_text(
            "version: 0.1\nlog: {level: warn, accesslog: {disabled: true}}\n"
            f"storage: {{filesystem: {{rootdirectory: {self.folder}/data}}, delete: {{enabled: true}},\n"
            "  cache: {blobdescriptor: inmemory}}\n"
            f"http: {{addr: 127.0.0.1:{self.port}}}\n"
            + (f"auth: {{htpasswd: {{realm: fleet, path: {self.folder}/htpasswd}}}}\n" if has_password else "")
        )
        self.program = Program(["docker-registry", "serve", self.folder / "config.yml"], self.folder / "log")

    def start(self):
        self.program.start()
        self.wait()

    def wait(self):
        def answers():
            try:
                return self.call("GET", "/v2/")[0] == 200
            except Unavailable:
                return False

        machine.until(answers, 30, "docker-registry answers")

    def call(self, method, path, body=None, **fields):
        """Returns the status, the fields and the body of a response."""
        url = path if path.startswith("http") else self.address + path
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        return request(method, url, body, {"Authorization": self.basic} | fields)

    def stop(self):
        self.program.kill()


class Nginx:
    """nginx that serves a folder."""

    def __init__(self, folder, root):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.port, = machine.free_ports(1)
        (self.folder / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {self.folder}/pid; error_log {self.folder}/error.log;\n"
            "worker_rlimit_nofile 40000;\n"
            "events { worker_connections 20000; }\n"
            f"http {{ access_log off; types {{ }} default_type application/octet-stream; keepalive_requests 1000000;\n"
            "  keepalive_timeout 300s; client_body_temp_path body; proxy_temp_path proxied; fastcgi_temp_path fast;\n"
            "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
            f"  server {{ listen 127.0.0.1:{self.port} backlog=4096; root {root};\n"
            '    location = /index.json { add_header Cache-Control "max-age=5"; }\n'
            '    location /blobs/ { add_header Cache-Control "max-age=31536000, immutable"; } } }\n'
        )
        command = ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"]
        self.program = Program(command, self.folder / "log")

    def start(self):
        self.program.start()
        self.wait()

    def wait(self):
        def answers():
            try:
                return request("GET", f"http://127.0.0.1:{self.port}/")[0] > 0
            except Unavailable:
                return False

        machine.until(answers, 30, "nginx answers")

    def worker(self):
        """Returns the id of the process that answers."""
        return int(Path(f"/proc/{self.program.pid}/task/{self.program.pid}/children").read_text().split()[0])

    def stop(self):
        # The master process ends its workers; killed, it would leave them.
        self.program.stop()
