"""The benchmark of scripts/bench-http: roster serve and nginx alternate under wrk, in one run."""

import argparse
import datetime
import hashlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import corpus
import listeners
import pages
import prepare
import reload

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "sk_" + "bench-" + "0" * 37
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
TICKS = os.sysconf("SC_CLK_TCK")
# Requests a second at least, processor time and p99 at most, as multiples of nginx's; memory without any files, in MiB.
RATE_BAR, CPU_BAR, TAIL_BAR, MEMORY_BAR = 1.0, 1.0, 1.2, 16
# The least requests a second when every request differs, as a multiple of nginx's.
NEW_RATE_BAR = 0.85
# The load at which latencies are compared: both servers could do more.
OFFERED, OFFERED_CONNECTIONS = 16_000, 32
LIST = "/api/v1/ai-providers?limit=25&offset=0"
# A script for wrk whose requests all differ, so that Roster never replays a response.
NEW_EACH_TIME = """
local count = 0
local start = tostring(wrk):sub(-8)
request = function()
    count = count + 1
    wrk.headers["X-Count"] = start .. count
    return wrk.format()
end
"""


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-http",
        description="Measures roster serve beside nginx, which serves the same bytes as static files, on the same "
        "processors: one record, a list of 25, and one record by requests that all differ, on connections "
        "that stay open, with and without Roster's replay cache. Roster checks a token, sends an ETag, counts its metrics and writes a line of its log for each "
        "request; nginx writes no log. Under wrk both do what they can, so that latencies are those of a machine "
        "with no processor left; at a fixed rate (h2load) they are the servers' own.",
        epilog="A ratio is the median over the rounds of one turn's figure divided by that of the turn beside it. "
        "A missed bar is told, not punished.",
    )
    parser.add_argument("--files", type=int, default=1_000, help="files of the repository (default: 1000)")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each (default: 7)")
    parser.add_argument("--seconds", type=int, default=4, help="seconds of a turn (default: 4)")
    parser.add_argument("--connections", type=int, default=64, help="connections that stay open (default: 64)")
    parser.add_argument("--changing", type=int, default=10_000, help="files among which one changes (default: 10000)")
    parser.add_argument("--listeners", action="store_true", help="measure only many listeners for events")
    parser.add_argument("--pages", action="store_true", help="measure only the pages for people")
    parser.add_argument("--program", type=Path, help="measure this program and build none")
    return parser.parse_args()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def make_repository(folder, files):
    corpus.write(folder, files)
    digest = hashlib.blake2b(TOKEN.encode(), digest_size=32).hexdigest()
    roster = folder / "roster.yaml"
    text = re.sub(r"(?ms)^access:.*?(?=^\w|\Z)", "", roster.read_text())
    roster.write_text(
        text
        + "access:\n  policies:\n    reader:\n      - effect: Allow\n        action: ['*']\n        resource: ['*']\n"
        + f"  tokens:\n    - id: key_benchbenchbench0\n      name: bench\n      hash: {digest}\n      policies: [reader]\n"
    )


def get(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), dict(answer.headers)


def wait_for(port, path):
    for _ in range(200):
        try:
            return get(port, path)
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"bench-http: nothing answers on port {port}")


def start_roster(program, folder, port, *options):
    log = open(folder.parent / f"roster-{port}.log", "wb")
    command = [program, "serve", "--repo", folder, "--port", str(port), *options]
    return subprocess.Popen(command, stderr=log, stdin=subprocess.DEVNULL)


def start_nginx(folder, port, bodies):
    site = folder / "site"
    for name, body in bodies.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"""
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; etag on;
    open_file_cache max=1000 inactive=60s; default_type application/json;
    server {{ listen 127.0.0.1:{port} backlog=4096; root {site}; }}
}}
"""
    )
    return subprocess.Popen([NGINX, "-c", configuration, "-p", folder, "-e", folder / "nginx-error.log"])


def family(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in children)]


def processor_seconds(pid):
    total = 0
    for process in family(pid):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_mebibytes(pid):
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def turn(process, port, path, options, fields=(), script=None):
    before = processor_seconds(process.pid)
    command = ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "--latency"]
    if script:
        command += ["-s", script]
    for field in fields:
        command += ["-H", field]
    output = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True).stdout
    after = processor_seconds(process.pid)
    count = int(re.search(r"(\d+) requests in", output)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = re.search(r"Socket errors: .*", output)
    if bad or broken:
        raise SystemExit(f"bench-http: {path}: {(bad or broken)[0]}")
    tail, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),
        "cpu": (after - before) / count * 1e6,
        "tail": float(tail) * {"us": 1, "ms": 1e3, "s": 1e6}[unit],
    }


def offered_turn(port, path, folder, fields):
    """Latencies in microseconds, when requests come at a fixed rate."""
    log = folder / "h2load.log"
    log.unlink(missing_ok=True)
    command = ["h2load", "--h1", "-t1", f"-c{OFFERED_CONNECTIONS}", f"--rps={OFFERED // OFFERED_CONNECTIONS}", "-D3"]
    for field in fields:
        command += ["-H", field]
    subprocess.run([*command, "--log-file", log, f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True)
    rows = [line.split() for line in log.read_text().splitlines()]
    if any(row[1] != "200" for row in rows):
        raise SystemExit(f"bench-http: {path}: not every answer is 200")
    times = sorted(int(row[2]) for row in rows)
    return {"middle": times[len(times) // 2], "tail": times[len(times) * 99 // 100]}


def compare_offered(ours, theirs, item, folder, options, fields):
    pairs = []
    for _ in range(options.rounds):
        pairs.append((offered_turn(ours, item, folder, fields), offered_turn(theirs, "/item", folder, ())))
    print(f"\none record at {OFFERED:,} requests a second, roster / nginx")
    for title, key in (("median", "middle"), ("99th percentile", "tail")):
        ratio = statistics.median(own[key] / other[key] for own, other in pairs)
        figures = " and ".join(f"{statistics.median(pair[side][key] for pair in pairs):,.0f}" for side in (0, 1))
        verdict = f"{'met' if ratio <= TAIL_BAR else 'missed'}: at most {TAIL_BAR}   " if key == "tail" else ""
        print(f"  {title:26} {ratio:5.2f}   {verdict}({figures} us)")


def compare(name, pairs, rate_bar=RATE_BAR, has_other_bars=True):
    def ratio(key):
        return statistics.median(ours[key] / theirs[key] for ours, theirs in pairs)

    def middle(key, side):
        return statistics.median(pair[side][key] for pair in pairs)

    rows = [
        ("requests a second", "rate", rate_bar, True, "/s"),
        ("processor time a request", "cpu", CPU_BAR if has_other_bars else None, False, "us"),
        ("99th percentile", "tail", TAIL_BAR if has_other_bars else None, False, "us"),
    ]
    print(f"\n{name}, roster / nginx")
    for title, key, bar, isAtLeast, unit in rows:
        value = ratio(key)
        verdict = ""
        if bar is not None:
            isMet = value >= bar if isAtLeast else value <= bar
            verdict = f"{'met' if isMet else 'missed'}: {'at least' if isAtLeast else 'at most'} {bar}   "
        figures = f"{middle(key, 0):,.1f} and {middle(key, 1):,.1f} {unit}"
        print(f"  {title:26} {value:5.2f}   {verdict}({figures})")


def main():
    options = parse_arguments()
    program = options.program = options.program or prepare.build_roster(ROOT)
    with tempfile.TemporaryDirectory(prefix="roster-bench-http-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx' workers are another user
        if options.listeners:
            return measure_listeners(program, folder)
        if options.pages:
            return measure_pages(program, folder)
        repository = folder / "repository"
        make_repository(repository, options.files)
        ours, theirs = free_port(), free_port()
        running = []
        try:
            roster = start_roster(program, repository, ours)
            running.append(roster)
            item = "/api/v1/ai-providers/" + wait_for(ours, LIST)[0].decode().split('"id":"', 1)[1][:20]
            bodies = {"item": get(ours, item)[0], "list": get(ours, LIST)[0]}
            nginx = start_nginx(folder, theirs, bodies)
            running.append(nginx)
            wait_for(theirs, "/item")
            token = f"Authorization: Bearer {TOKEN}"
            print(f"{options.files} files, {options.connections} connections, {len(bodies['item'])} bytes an item, "
                  f"{len(bodies['list'])} bytes a list; {datetime.date.today()}")
            measure(roster, nginx, ours, theirs, item, token, folder, options)
            measure_reload(program, folder, options)
            measure_listeners(program, folder)
            measure_pages(program, folder)
            report_memory(program, roster, folder, options)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def report_memory(program, roster, folder, options):
    """Returns the memory of the server without files, and for each file, from two servers after the same load."""
    few = corpus.FILES_A_PROJECT
    repository = folder / "few"
    make_repository(repository, few)
    port = free_port()
    small = start_roster(program, repository, port)
    try:
        wait_for(port, LIST)
        turn(small, port, LIST, options, [f"Authorization: Bearer {TOKEN}"])
        own, whole = resident_mebibytes(small.pid), resident_mebibytes(roster.pid)
    finally:
        small.terminate()
        small.wait()
    a_file = (whole - own) / (options.files - few) if options.files > few else 0
    own -= a_file * few
    print(f"\nmemory {whole:.1f} MiB: {own:.1f} and {a_file * 1024:.1f} KiB a file   "
          f"{'met' if own <= MEMORY_BAR else 'missed'}: at most {MEMORY_BAR} and the data")


def measure_reload(program, folder, options):
    repository = folder / "changing"
    make_repository(repository, options.changing)
    reload.make_commit(repository)
    port = free_port()
    roster = start_roster(program, repository, port)
    try:
        wait_for(port, LIST)
        times = reload.measure(port, repository, TOKEN, LIST, 20)
        reload.report(options.changing, times, reload.measure_complete(port, TOKEN, roster, 5))
    finally:
        roster.terminate()
        roster.wait()


def measure_pages(program, folder):
    for files in (100, 10_000):
        repository = folder / f"pages-{files}"
        make_repository(repository, files)

        def launch(*options):
            port = free_port()
            return start_roster(program, repository, port, *options), port

        def start(*options):
            server, port = launch(*options)
            wait_for(port, LIST)
            return server, port

        def stop(server):
            server.terminate()
            server.wait()

        pages.measure(start, stop, resident_mebibytes, TOKEN, files)
        pages.measure_start(launch, stop)


def measure_listeners(program, folder):
    def start(program, repository, *options):
        port = free_port()
        server = start_roster(program, repository, port, *options)
        wait_for(port, LIST)
        return server, port

    def stop(server):
        server.terminate()
        server.wait()

    listeners.measure(start, stop, resident_mebibytes, program, folder, make_repository, TOKEN, LIST)


def measure(roster, nginx, ours, theirs, item, token, folder, options):
    for process, port, path in ((roster, ours, item), (nginx, theirs, "/item")):
        turn(process, port, path, argparse.Namespace(connections=options.connections, seconds=1), [token])
    for name, own, static in (("one record", item, "/item"), ("a list of 25", LIST, "/list")):
        pairs = []
        for _ in range(options.rounds):
            pairs.append((turn(roster, ours, own, options, [token]), turn(nginx, theirs, static, options)))
        compare(name, pairs)
    compare_offered(ours, theirs, item, folder, options, [token])
    compare_new(roster, nginx, ours, theirs, item, token, folder, options)
    for name, path in (("one record", item), ("a list of 25", LIST)):
        compare_known(name, roster, ours, path, options, token)


def compare_new(roster, nginx, ours, theirs, item, token, folder, options):
    """A request that differs from every one before it, and the same without the replay cache."""
    script = folder / "new.lua"
    script.write_text(NEW_EACH_TIME)
    port = free_port()
    plain = start_roster(options.program, folder / "repository", port, "--no-replay")
    try:
        wait_for(port, item)
        for name, process, own_port, own_script, bar in (
            ("a request unlike any before it", roster, ours, script, NEW_RATE_BAR),
            ("a request unlike any before it, --no-replay", plain, port, script, NEW_RATE_BAR),
            ("one record, --no-replay", plain, port, None, NEW_RATE_BAR),
        ):
            pairs = []
            for _ in range(options.rounds):
                own = turn(process, own_port, item, options, [token], own_script)
                pairs.append((own, turn(nginx, theirs, "/item", options, script=own_script)))
            compare(name, pairs, rate_bar=bar, has_other_bars=False)
    finally:
        plain.terminate()
        plain.wait()


def compare_known(name, roster, port, path, options, token):
    """Measures a 304 next to its 200: its request is longer, its response shorter."""
    tag = get(port, path)[1]["ETag"]
    pairs = []
    for _ in range(options.rounds):
        known = turn(roster, port, path, options, [token, f"If-None-Match: {tag}"])
        pairs.append((known, turn(roster, port, path, options, [token])))
    rate = statistics.median(known["rate"] / whole["rate"] for known, whole in pairs)
    cpu = statistics.median(known["cpu"] / whole["cpu"] for known, whole in pairs)
    print(f"\n{name}, a 304 / its 200\n"
          f"  requests a second          {rate:5.2f}   {'met' if rate > 1 else 'missed'}: more than 1\n"
          f"  processor time a request   {cpu:5.2f}   {'met' if cpu < 1 else 'missed'}: less than 1")


if __name__ == "__main__":
    main()
