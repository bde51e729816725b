"""Runs the command blocks of the README and the manual as pasted, in order.

    scripts/pages                  every page
    scripts/pages README.md        one page
    scripts/pages --verbose …      and print the output of each block
    scripts/pages --roster FILE    another program than .build/debug/roster

Blocks of `sh` and `bash` are pasted into one shell for each page, so a `cd` and an `export` last. A block fails when one of
its commands does. Blocks of `console` have commands after `$ ` and their output, which is compared; `…` matches anything.
`roster` is the built program. There is no network where the machine can give a process its own. A comment of Markdown directly
before a block changes how it is run:

    <!-- in a copy of the example -->   a new shell in a new clone of this repository, with a remote; at the first block
    <!-- in an empty folder -->         a new shell in an empty folder; at the first block
    <!-- not run: needs GitHub -->      the block is counted, with the reason
    <!-- exit code 1 -->                the exit code of its last command
    <!-- typed: TEXT -->                run on a terminal; TEXT is typed at each prompt that does not echo
    <!-- keeps running -->              a server: runs as in another terminal until the end of the page
    <!-- file: PATH -->                 the block, of any language, is the content of this file
"""

import argparse
import collections
import fcntl
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

from blocks import PageError, blocks, matches, session

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SECONDS = 60
# Before and after the commands of a block: each failed one is written down, wherever in the block it is.
BEFORE = """set -o pipefail
trap 'printf "%s\\n" "exit code $?: $BASH_COMMAND" >> "$BLOCK_FAILURES"' ERR
"""
AFTER = """
BLOCK_CODE=$?; trap - ERR; return $BLOCK_CODE
"""


def cut_off():
    """Runs this process again without a network, where that is allowed. Returns whether there is none now."""
    if os.environ.get("ROSTER_PAGES_CUT_OFF"):
        # The loopback interface of a new network is down.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as descriptor:
            request = struct.pack("16sh14x", b"lo", 0x1)
            fcntl.ioctl(descriptor, 0x8914, request)
        return True
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    try:
        is_allowed = subprocess.run(alone + ["true"], capture_output=True).returncode == 0
    except OSError:
        is_allowed = False
    if is_allowed:
        os.environ["ROSTER_PAGES_CUT_OFF"] = "1"
        os.execvp(alone[0], alone + [sys.executable, "-B", os.path.abspath(__file__)] + sys.argv[1:])
    return False


class Shell:
    """A shell in which the blocks of a page are pasted."""

    def __init__(self, folder, home, program):
        self.home, self.count, self.servers = home, 0, []
        tools = home / "bin"
        environment = {
            "HOME": str(home), "LANG": "C.UTF-8", "PATH": f"{tools}:{os.environ['PATH']}", "TERM": "dumb",
            "TMPDIR": str(home / "tmp"), "BLOCK_FAILURES": str(home / "failures"),
        }
        for name in ("tmp", "bin"):
            (home / name).mkdir()
        (tools / "roster").symlink_to(program)
        identity = "[user]\n\tname = A. Reader\n\temail = reader@acme.example\n"
        (home / ".gitconfig").write_text(identity)
        reading, self.writing = os.pipe()
        self.statuses = os.fdopen(reading)
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=environment, stdin=subprocess.PIPE, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[self.writing], start_new_session=True,
        )

    def send(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def paste(self, commands, answer=None, is_server=False):
        """Runs commands, and returns the exit code of the last one, the failed commands and the output."""
        self.count += 1
        file, output = self.home / f"block-{self.count}", self.home / f"output-{self.count}"
        failures = self.home / "failures"
        file.write_text(commands if answer is not None else BEFORE + commands + AFTER)
        failures.write_text("")
        output.touch()
        if is_server:
            self.send(f"{{ source {file}; }} < /dev/null > {output} 2>&1 & printf '0\\n' >&{self.writing}\n")
        elif answer is not None:
            typed = pathlib.Path(__file__).with_name("typed.py")
            arguments = " ".join(shell_word(word) for word in (str(typed), str(file), answer))
            self.send(f"python3 -B {arguments} > {output} 2>&1; printf '%s\\n' $? >&{self.writing}\n")
        else:
            self.send(f"source {file} < /dev/null > {output} 2>&1; printf '%s\\n' $? >&{self.writing}\n")
        code = self.status()
        if is_server:
            self.wait(output)
        return code, failures.read_text().splitlines(), output.read_text(errors="replace")

    def status(self):
        """Returns the exit code that the shell reports, within the time that a block has."""

        def late(*arguments):
            raise PageError(f"the block did not end within {SECONDS} seconds")

        signal.signal(signal.SIGALRM, late)
        signal.alarm(SECONDS)
        try:
            line = self.statuses.readline()
        finally:
            signal.alarm(0)
        if not line:
            raise PageError("the block ended the shell")
        return int(line)

    def wait(self, output):
        """Waits until a server has printed that it listens."""
        for _ in range(SECONDS * 20):
            if "listening" in output.read_text(errors="replace"):
                return
            time.sleep(0.05)
        raise PageError(f"the server did not start:\n{output.read_text(errors='replace')}")

    def close(self):
        """Ends the shell and the programs that the page started."""
        os.close(self.writing)
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            time.sleep(0.05)
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.stdin.close()
        self.process.wait()
        self.statuses.close()


def shell_word(text):
    return "'" + text.replace("'", "'\\''") + "'"


def git(*arguments, folder):
    """Runs git with a fixed author, and without the configuration of the user."""
    environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
    identity = ["-c", "user.name=The authors", "-c", "user.email=authors@example.com", "-c", "core.hooksPath=/dev/null"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


class Places:
    """Makes the folders that pages assume."""

    def __init__(self, work):
        self.work, self.count, self.origin = work, 0, None

    def example(self):
        """Returns a repository to clone from: the tracked files as they are now, without the sources and tests of Roster."""
        if self.origin is None:
            self.origin, files = self.work / "roster.git", self.work / "files"
            listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
            for name in filter(None, listed.stdout.split("\0")):
                if name.startswith(("Sources/", "Tests/")) and name != "Tests/Fixtures/example.identity":
                    continue
                source, target = ROOT / name, files / name
                if source.is_file():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, target)
            git("init", "--quiet", "--initial-branch=main", folder=files)
            git("add", "--all", "--force", folder=files)
            git("commit", "--quiet", "--message=The example", folder=files)
            git("clone", "--quiet", "--bare", str(files), str(self.origin), folder=self.work)
        return self.origin

    def make(self, place):
        """Returns a new folder for a block, and a home folder for its shell."""
        self.count += 1
        home, folder = self.work / f"home-{self.count}", self.work / f"place-{self.count}" / "roster"
        home.mkdir()
        folder.parent.mkdir()
        if place == "a copy of the example":
            git("clone", "--quiet", "--no-hardlinks", str(self.example()), str(folder), folder=self.work)
        else:
            folder.mkdir()
        return folder, home


def run_page(page, places, program, counts, is_verbose):
    """Runs the blocks of a page, and returns its failures."""
    shell, folder, failures = None, None, []
    try:
        for block in blocks(page, page.read_text()):
            if block.reason:
                counts["not run"].append((block.reason, str(block)))
            if not block.is_run:
                continue
            if block.place:
                if shell:
                    shell.close()
                folder, home = places.make(block.place)
                shell = Shell(folder, home, program)
            elif shell is None:
                raise PageError(f"{block}: the first block of a page has the place that it runs in; see scripts/pages --help")
            failure = write_file(block, folder) if block.file else run_block(block, shell, is_verbose)
            counts["files" if block.file else "run"].append(str(block))
            if failure:
                failures.append(f"{block}: {failure}")
    except PageError as error:
        failures.append(str(error))
    finally:
        if shell:
            shell.close()
    return failures


def write_file(block, folder):
    """Writes a block to the file that its directive names; a script can be executed."""
    path = folder / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text)
    if block.text.startswith("#!"):
        path.chmod(0o755)


def run_block(block, shell, is_verbose):
    """Runs a block, and returns how it failed."""
    steps = session(block) if block.language == "console" else [(block.text, None)]
    for index, (commands, expected) in enumerate(steps):
        wanted = int(block.code) if index == len(steps) - 1 else 0
        try:
            code, failed, output = shell.paste(commands + "\n", block.answer, bool(block.background))
        except PageError as error:
            raise PageError(f"{block}: {error}") from None
        if is_verbose:
            print(f"-- {block}\n{commands.rstrip()}\n-- exit code {code}\n{output.rstrip()}")
        if code != wanted or len(failed) > (1 if wanted else 0):
            return f"exit code {code}, not {wanted}\n" + "\n".join(failed) + "\n" + output
        if expected is not None and not matches(expected, output):
            return "the page shows another output than the program:\n" + output
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=pathlib.Path)
    parser.add_argument("--roster", type=pathlib.Path, default=ROOT / ".build/debug/roster")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    is_cut_off = cut_off()
    pages = arguments.pages or [ROOT / "README.md", *sorted((ROOT / "Documentation/Manual.docc").glob("*.md"))]
    counts, failures, started = collections.defaultdict(list), [], time.monotonic()
    with tempfile.TemporaryDirectory(prefix="roster-pages-") as work:
        places = Places(pathlib.Path(work))
        for page in pages:
            failures += run_page(page.resolve(), places, arguments.roster.resolve(), counts, arguments.verbose)
    for failure in failures:
        print(failure, file=sys.stderr)
    network = "without a network" if is_cut_off else "with this machine's network"
    seconds = time.monotonic() - started
    print(f"{len(counts['run'])} command blocks of {len(pages)} pages ran {network}, in {seconds:.0f} s; {len(failures)} failed")
    print(f"{len(counts['files'])} blocks were written to the files that they show")
    reasons = collections.defaultdict(list)
    for reason, place in counts["not run"]:
        reasons[reason].append(place)
    print(f"{len(counts['not run'])} command blocks cannot run here:")
    for reason in sorted(reasons):
        print(f"  {len(reasons[reason])} {reason}: {', '.join(reasons[reason])}")
    # A run of every page that finds no commands is broken.
    return 1 if failures or not counts["run"] else 0


if __name__ == "__main__":
    sys.exit(main())
