"""Chromium without a window, controlled through a pipe: https://chromedevtools.github.io/devtools-protocol/"""

import json
import os
import shutil
import subprocess
import tempfile


class Browser:
    """A page of a new profile."""

    def __init__(self):
        program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
        assert program, "Chromium is not installed: run scripts/install tests"
        self.folder = tempfile.TemporaryDirectory(prefix="roster-browser-", ignore_cleanup_errors=True)
        theirs, self.commands = os.pipe()
        self.messages, ours = os.pipe()

        def use_pipes():
            # The browser reads commands from descriptor 3 and writes messages to 4.
            one, other = os.dup(theirs), os.dup(ours)
            os.dup2(one, 3)
            os.dup2(other, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--ignore-certificate-errors", f"--user-data-dir={self.folder.name}", "--remote-debugging-pipe", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=use_pipes, close_fds=False,
        )
        os.close(theirs)
        os.close(ours)
        self.number, self.received, self.session = 0, b"", None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Network.enable")
        self.send("Page.enable")

    def send(self, method, **parameters):
        """Sends a command, and returns its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next_message()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def next_message(self):
        while b"\0" not in self.received:
            piece = os.read(self.messages, 1 << 16)
            assert piece, "the browser ended"
            self.received += piece
        message, _, self.received = self.received.partition(b"\0")
        return json.loads(message)

    def open(self, address, token=None):
        """Opens a page; its requests, also those of its script, are sent with a token."""
        fields = {"Authorization": f"Bearer {token}"} if token else {}
        self.send("Network.setExtraHTTPHeaders", headers=fields)
        self.send("Page.navigate", url=address)
        while self.next_message().get("method") != "Page.loadEventFired":
            pass

    def run(self, script):
        """Returns the value of an expression, which may be a promise."""
        result = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def close(self):
        os.close(self.commands)
        os.close(self.messages)
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()
