"""Types a value for `secret set` on a terminal, and prints the output of the terminal.

Usage: terminal_peer.py PROGRAM VALUE ARGUMENT…
"""

import os
import pty
import sys
import time

pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], *sys.argv[3:]])
shown = b""
typed = False
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    shown += chunk
    if not typed and b"not shown" in shown:
        # The prompt comes before the echo is switched off.
        time.sleep(0.3)
        os.write(terminal, sys.argv[2].encode() + b"\n")
        typed = True
_, status = os.waitpid(pid, 0)
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(status))
