"""Runs a file of commands on a terminal, and types an answer at each hidden prompt: typed.py FILE ANSWER."""

import os
import pty
import select
import sys
import termios


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def main():
    file, answer = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("bash", ["bash", "--noprofile", "--norc", "-eo", "pipefail", file])
    is_answered = False
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
        elif not echoes(terminal):
            if not is_answered:
                os.write(terminal, answer.encode() + b"\n")
            is_answered = True
        else:
            is_answered = False
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
