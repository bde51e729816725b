"""Sends signals to `secret set` while it reads a value from a terminal, with this script as the shell of the session.

Usage: terminal_signal_peer.py PROGRAM ARGUMENT…

The script leads the session and does job control, since a process in an orphaned group cannot be stopped. Prints a
line for each case, `ok NAME` or `failed NAME: REASON`.
"""

import os
import pty
import select
import signal
import sys
import termios
import time
import traceback

COMMAND = sys.argv[1:]
VALUE = b"TypedCanary-0123456789"
PATIENCE = 20
STOPS = [signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU]
# The program ignores SIGPIPE, since it reports a closed pipe as an error.
HARMLESS = [signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT, signal.SIGPIPE]
ENDS = [
    number
    for number in [*signal.valid_signals()]
    if number not in [*STOPS, *HARMLESS, signal.SIGKILL, signal.SIGSTOP] and number < 36 or number == 64
]


def echoes():
    return bool(termios.tcgetattr(0)[3] & termios.ECHO)


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.005)


def set_echo(on):
    attributes = termios.tcgetattr(0)
    attributes[3] = attributes[3] | termios.ECHO if on else attributes[3] & ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, attributes)


class Job:
    """The program in the foreground of the terminal."""

    def __init__(self):
        set_echo(True)
        self.pid = os.fork()
        if self.pid == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            for number in signal.valid_signals():
                if number not in [signal.SIGKILL, signal.SIGSTOP]:
                    signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execv(COMMAND[0], COMMAND)
        until(lambda: not echoes(), "the echo was not switched off")

    def kill(self, number):
        os.kill(self.pid, number)

    def wait(self, options=0):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, options | os.WNOHANG)
            if pid:
                os.tcsetpgrp(0, os.getpgrp())
                return status
            time.sleep(0.005)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("it neither ended nor stopped")

    def foreground(self):
        os.tcsetpgrp(0, self.pid)
        self.kill(signal.SIGCONT)

    def finish(self, control):
        """Types the value, which the program must accept."""
        os.write(control, b"t")
        status = self.wait()
        assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, f"status {status:#x} after the value"
        assert echoes(), "no echo at the end"


def ends(number, control):
    job = Job()
    job.kill(number)
    status = job.wait()
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == number, f"status {status:#x}"
    assert echoes(), "the terminal has no echo"


def stops(number, control):
    job = Job()
    for _ in range(2):
        job.kill(number)
        status = job.wait(os.WUNTRACED)
        assert os.WIFSTOPPED(status) and os.WSTOPSIG(status) == number, f"status {status:#x}"
        assert echoes(), "the terminal has no echo"
        job.foreground()
        until(lambda: not echoes(), "the echo is on after SIGCONT")
    job.finish(control)


def stops_unseen(number, control):
    job = Job()
    job.kill(number)
    status = job.wait(os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"status {status:#x}"
    set_echo(True)
    job.foreground()
    until(lambda: not echoes(), "the echo is on after SIGCONT")
    job.finish(control)


def does_nothing(number, control):
    job = Job()
    job.kill(number)
    time.sleep(0.1)
    assert not echoes(), "the echo is on"
    job.finish(control)


def is_ignored(number, control):
    """Checks that a signal that is ignored at start does not end the program."""
    original = signal.valid_signals
    signal.valid_signals = lambda: original() - {number}
    signal.signal(number, signal.SIG_IGN)
    try:
        does_nothing(number, control)
    finally:
        signal.valid_signals = original
        signal.signal(number, signal.SIG_DFL)


def typed(byte, number, control):
    job = Job()
    os.write(control, byte)
    status = job.wait(os.WUNTRACED)
    if os.WIFSTOPPED(status):
        assert os.WSTOPSIG(status) == number, f"status {status:#x}"
        assert echoes(), "the terminal has no echo"
        job.foreground()
        until(lambda: not echoes(), "the echo is on after SIGCONT")
        job.finish(control)
    else:
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == number, f"status {status:#x}"
        assert echoes(), "the terminal has no echo"


def shell(control):
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    cases = [(ends, number) for number in ENDS] + [(stops, number) for number in STOPS]
    cases += [(stops_unseen, signal.SIGSTOP)] + [(does_nothing, number) for number in HARMLESS]
    cases += [(is_ignored, signal.SIGHUP), (is_ignored, signal.SIGINT)]
    named = [(f"{test.__name__} {number}", lambda test=test, number=number: test(number, control)) for test, number in cases]
    for byte, number in [(b"\x03", signal.SIGINT), (b"\x1c", signal.SIGQUIT), (b"\x1a", signal.SIGTSTP)]:
        named.append((f"typed {number}", lambda byte=byte, number=number: typed(byte, number, control)))
    for name, test in named:
        try:
            test()
            line = f"ok {name}\n"
        except AssertionError as error:
            line = f"failed {name}: {error}\n"
        except Exception:
            line = f"failed {name}: {traceback.format_exc()!r}\n"
        os.write(control, b"=" + line.encode())


def main():
    reading, writing = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.close(reading)
        shell(writing)
        os._exit(0)
    os.close(writing)
    shown, report = b"", b""
    inputs = [terminal, reading]
    while inputs:
        for stream in select.select(inputs, [], [])[0]:
            try:
                chunk = os.read(stream, 4096)
            except OSError:
                chunk = b""
            if not chunk:
                inputs.remove(stream)
            elif stream is terminal:
                shown += chunk
            else:
                for byte in chunk:
                    if report.endswith(b"\n") or not report:
                        if byte == ord("="):
                            report += b"="
                        else:
                            os.write(terminal, VALUE + b"\n" if byte == ord("t") else bytes([byte]))
                    else:
                        report += bytes([byte])
    sys.stdout.write("".join(line[1:] + "\n" for line in report.decode().split("\n") if line))
    if VALUE in shown:
        print("failed: the value was shown")
    if os.environ.get("SHOWN"):
        print(shown.decode())


main()
