"""Answers the prompts of a command on a terminal, and prints the output of the terminal.

Usage: conversation_peer.py ANSWERS PROGRAM ARGUMENT…, where ANSWERS is a JSON list of pairs: the text to wait for, and
the text to type.
"""

import json
import os
import pty
import sys

answers = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = b""
read_up_to = 0
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    shown += chunk
    if answers and answers[0][0].encode() in shown[read_up_to:]:
        read_up_to = len(shown)
        os.write(terminal, answers.pop(0)[1].encode() + b"\n")
_, status = os.waitpid(pid, 0)
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(status))
