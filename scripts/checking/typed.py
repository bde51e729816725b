"""Runs a file of commands on a terminal, and types an answer at each hidden prompt: typed.py FILE ANSWER."""

import os
import pty
import re
import select
import sys
import termios


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def is_prompt(output):
    """Returns whether an output ends in a line that waits for an answer."""
    return bool(re.sub(rb"\x1b\[[0-9;]*[A-Za-z]|\r", b"", output).rpartition(b"\n")[2].strip())


def main():
    file, answer = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("bash", ["bash", "--noprofile", "--norc", "-eo", "pipefail", file])
    # The output since the last answer: two prompts may follow each other faster than the echo can be observed.
    output = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], 0.05)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            os.write(1, data)
            output += data
        elif not echoes(terminal) and is_prompt(output):
            os.write(terminal, answer.encode() + b"\n")
            output = b""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
