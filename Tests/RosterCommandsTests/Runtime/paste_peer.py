"""Pastes snippets into a shell, each in a copy of the registry that it is made for.

Usage: paste_peer.py REPOSITORY SCRATCH ROSTER. SCRATCH/snippets.json is an object: for the name of a provider, a list
of snippets with `title` and `blocks`. Files are saved, and the last block is the input of `sh`. LiteLLM's proxy is asked for
one completion. Prints the exit codes and the outputs in the same order as JSON.
"""

import concurrent.futures
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY, SCRATCH, ROSTER = map(Path, sys.argv[1:])
PACKAGES = Path(__file__).resolve().parents[3] / ".build/litellm"
MASTER = "sk-0123456789abcdef0123456789abcdef0123456789abcdef"

programs = SCRATCH / "bin"
programs.mkdir()
(programs / "roster").symlink_to(ROSTER)
# The packages of the proxy have other versions than those of the tests.
(programs / "litellm").write_text(f"#!/bin/sh\nPYTHONPATH={PACKAGES} exec python3 {PACKAGES}/bin/litellm \"$@\"\n")
(programs / "litellm").chmod(0o755)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment(port):
    return {
        **os.environ,
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(SCRATCH),
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_MASTER_KEY": MASTER,
        "PORT": str(port),
    }


def complete(port, model):
    body = {"model": model, "messages": [{"role": "user", "content": "ping"}]}
    headers = {"Authorization": f"Bearer {MASTER}", "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{port}/chat/completions"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers), timeout=60) as answer:
            return json.load(answer)["choices"][0]["message"]["content"]
    except urllib.error.HTTPError as error:
        return error.read().decode()


def paste_proxy(command, folder, model):
    port = free_port()
    with open(folder / "log", "wb") as log:
        proxy = subprocess.Popen(
            ["sh"], cwd=folder, env=environment(port), stdin=subprocess.PIPE, stdout=log, stderr=log,
            start_new_session=True,
        )
    proxy.stdin.write(command.encode())
    proxy.stdin.close()
    try:
        while proxy.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/liveliness", timeout=60)
                return {"code": 0, "output": complete(port, model), "error": ""}
            except OSError:
                time.sleep(0.2)
        return {"code": proxy.returncode, "output": "", "error": (folder / "log").read_text()}
    finally:
        try:
            os.killpg(proxy.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        proxy.wait()


def paste(provider, snippet, folder):
    for block in snippet["blocks"]:
        if block.get("file"):
            (folder / block["file"]).write_text(block["text"])
    command = snippet["blocks"][-1]["text"] + "\n"
    if snippet["title"] == "LiteLLM":
        return paste_proxy(command, folder, provider)
    run = subprocess.run(["sh"], cwd=folder, env=environment(0), input=command, capture_output=True, text=True)
    return {"code": run.returncode, "output": run.stdout, "error": run.stderr}


def paste_all(provider, snippets):
    folder = SCRATCH / provider.replace("/", "-")
    shutil.copytree(REPOSITORY, folder)
    return [paste(provider, snippet, folder) for snippet in snippets]


snippets = json.loads((SCRATCH / "snippets.json").read_text())
# The cores of a small machine, which other tests use too.
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    jobs = {name: pool.submit(paste_all, name, snippets) for name, snippets in snippets.items()}
    print(json.dumps({name: job.result() for name, job in jobs.items()}))
