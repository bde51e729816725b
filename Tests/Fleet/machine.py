"""Processes, ports and files of this machine."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PREPARED = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"] + ":/usr/sbin"}


def free_ports(count):
    """Returns ports that nothing listens on, for programs that cannot choose one."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Program:
    """A program that runs in the background, and whose output goes to a file."""

    def __init__(self, command, log, environment=None, folder=None):
        self.command = [str(part) for part in command]
        self.log = Path(log)
        self.environment = PREPARED | (environment or {})
        self.folder = folder
        self.process = None
        self.started = None

    def start(self):
        with open(self.log, "ab") as stream:
            self.started = time.time()
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, env=self.environment,
                cwd=self.folder,
            )
        return self

    @property
    def pid(self):
        return self.process.pid

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def send(self, number):
        if self.is_running():
            self.process.send_signal(number)

    def kill(self):
        """Ends the program immediately, as a loss of power does, and returns its exit code."""
        self.send(signal.SIGKILL)
        return self.process.wait() if self.process else None

    def stop(self, seconds=10):
        """Asks the program to end, and returns its exit code; after some seconds it is killed."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            return self.process.wait(timeout=seconds) if self.process else None
        except subprocess.TimeoutExpired:
            return self.kill()


def until(condition, seconds, what):
    """Waits until a condition holds; a condition that raises does not hold yet."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, ValueError, KeyError):
            if found := condition():
                return found
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} seconds")
        time.sleep(0.05)


def usage(pid):
    """Returns the resident memory in bytes, the number of open descriptors, and the seconds of CPU of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (
        int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024, len(os.listdir(f"/proc/{pid}/fd")),
        (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
    )


def command_line(pid):
    """Returns what every user of the machine sees of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@contextlib.contextmanager
def scratch(kept=None):
    """Makes a folder that nginx, which may run as another user, can read too; it is removed unless it is to be kept."""
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="roster-fleet-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


class SmallDisk:
    """A file system of 1 MiB, which only root can mount."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", self.folder], check=True)

    def fill(self):
        """Writes until nothing more fits."""
        with contextlib.suppress(OSError), open(self.folder / ".filling", "wb", buffering=0) as stream:
            while True:
                stream.write(bytes(4096))

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


class FixedFolder:
    """A folder in which nothing can be created, renamed or removed while it is full, also not by root."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def fill(self):
        # Unlike a file system, a folder can be protected while a file in it is open for writing.
        subprocess.run(["chattr", "+i", self.folder], check=True)

    def remove(self):
        subprocess.run(["chattr", "-i", self.folder], check=True)


def can_limit(kind):
    """Returns whether a small disk or a fixed folder can be made here: only root may, and not in every container."""
    if os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            limited = kind(folder)
            limited.fill()
            limited.remove()
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


def faketime(folder, clock):
    """Returns the environment of a program whose clock is another; the file can be changed while it runs."""
    (Path(folder) / "clock").write_text(clock + "\n")
    # The monotonic clock stays right, so that only the time of day is another.
    return {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(Path(folder) / "clock"), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
