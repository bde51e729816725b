"""Starts the LiteLLM proxy with a configuration, and sends a chat to each model that is named.

Usage: litellm_peer.py CONFIG MODEL... Prints a JSON object with the status and the text of each model's answer. The
proxy gets the environment of this process, as it does under `roster exec`.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PACKAGES = Path(__file__).resolve().parents[3] / ".build/litellm"
MASTER = "sk-master-of-the-test"

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
address = f"http://127.0.0.1:{port}"


def request(path, body=None):
    headers = {"Authorization": f"Bearer {MASTER}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=60) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


environment = {
    **os.environ,
    "PYTHONPATH": str(PACKAGES),
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MASTER_KEY": MASTER,
    "HOME": str(Path(sys.argv[1]).resolve().parent),
}
command = [sys.executable, str(PACKAGES / "bin/litellm"), "--config", sys.argv[1]]
log = open(sys.argv[1] + ".log", "wb")
proxy = subprocess.Popen(
    command + ["--host", "127.0.0.1", "--port", str(port)], env=environment, stdout=log, stderr=log,
    stdin=subprocess.DEVNULL, start_new_session=True
)
try:
    while True:
        try:
            if request("/health/liveliness")[0] == 200:
                break
        except OSError:
            pass
        if proxy.poll() is not None:
            sys.exit(Path(sys.argv[1] + ".log").read_text())
        time.sleep(0.1)
    answers = {}
    for model in sys.argv[2:]:
        body = {"model": model, "messages": [{"role": "user", "content": "ping"}], "max_tokens": 16}
        status, text = request("/chat/completions", body)
        try:
            text = json.loads(text)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, TypeError, IndexError):
            pass
        answers[model] = {"status": status, "text": text}
    listed = json.loads(request("/v1/models")[1])["data"]
    print(json.dumps({"answers": answers, "models": sorted(model["id"] for model in listed)}))
finally:
    os.killpg(proxy.pid, signal.SIGKILL)
    proxy.wait()
