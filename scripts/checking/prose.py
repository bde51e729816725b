"""Lists words that readers would have to translate, in comments, messages, names and pages."""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from texts import texts
from words import flagged, opening

ROOT = Path(__file__).resolve().parents[2]

# The share of comment lines that may be flagged, in per cent: what the field's model projects have.
COMMENT_BAR = 0.6

# Files that are inputs of tests, or that list the words themselves.
EXCLUDED = re.compile(r"^(?:Tests/(?:.*/)?Fixtures/|Tests/.*/Goldens/|providers/|secrets/|roster\.yaml|scripts/checking/)")


def main():
    options = parse_arguments()
    report = Report()
    for path in tracked_files(options.paths):
        source = read(path)
        found = None if source is None else texts(path, source)
        for text in found or []:
            report.add(path, text)
    if options.words:
        for words, number in report.words.most_common():
            print(f"{number:6} {words}")
    elif options.summary:
        report.print_summary()
    else:
        report.print_findings()
    return report.verdict() if not options.words else 0


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/prose",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Lists flagged words in the comments, messages, names and pages of the tracked files.",
        epilog=f"Exits with 1 when more than {COMMENT_BAR} % of the comment lines are flagged, when a message, a page or a\n"
        "declared name is, or when a doc comment opens with a question word. The words are in scripts/checking/words.py.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; everything when there are none")
    parser.add_argument("--summary", action="store_true", help="print counts for each folder instead of each place")
    parser.add_argument("--words", action="store_true", help="print how often each flagged word occurs, and exit with 0")
    return parser.parse_args()


def tracked_files(paths):
    """Returns the paths of tracked files, relative to the project unless they are outside of it."""
    here = [os.path.relpath(path, ROOT) for path in paths]
    outside = [path for path in here if path.startswith("..") or path.startswith(".build")]
    if outside:
        return [str(file) for path in outside for file in sorted((ROOT / path).rglob("*")) if file.is_file()]
    listing = subprocess.run(["git", "ls-files", "-z", "--", *here], cwd=ROOT, capture_output=True, check=True)
    names = [name for name in os.fsdecode(listing.stdout).split("\0") if name]
    return [name for name in names if not EXCLUDED.match(name)]


def read(path):
    """Returns the text of a file; None for a file that is not text, or that was deleted."""
    try:
        return (ROOT / path).read_bytes().decode()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None


class Report:
    """Counts lines and findings by folder, and keeps the findings."""

    def __init__(self):
        self.findings = []
        self.comment_lines = Counter()
        self.flagged_lines = Counter()
        self.others = {"message": Counter(), "name": Counter(), "page": Counter(), "opening": Counter()}
        self.words = Counter()

    def add(self, path, text):
        folder = folder_of(path)
        if text.kind == "message" and not is_message(path, text.text):
            return
        found = flagged(text.text)
        self.words.update(words.lower() for _, words, _ in found)
        lines = {text.line_of(offset) for offset, _, _ in found}
        for offset, words, instead in found:
            self.findings.append((path, text.line_of(offset), f'{text.kind}: "{words}" (write: {instead})'))
        if text.kind in ("comment", "doc"):
            self.comment_lines[folder] += text.text.count("\n") + 1
            self.flagged_lines[folder] += len(lines)
        elif found:
            self.others[text.kind][folder] += len(found)
        if text.kind == "doc" and (word := opening(text.text.lstrip("/*"))):
            self.others["opening"][folder] += 1
            self.findings.append((path, text.line, f'doc comment opens with "{word}" (open with a noun or a verb)'))

    def print_findings(self):
        for path, line, what in sorted(self.findings):
            print(f"{path}:{line}: {what}")

    def print_summary(self):
        print(f"{'folder':32} {'comment lines':>13} {'flagged':>8} {'share':>7} {'openings':>9} {'messages':>9}"
              f" {'names':>6} {'pages':>6}")
        folders = set(self.comment_lines).union(*self.others.values())
        for folder in sorted(folders):
            self.print_row(folder, [folder])
        self.print_row("all", folders)

    def print_row(self, title, folders):
        lines, flagged_lines = (sum(count[f] for f in folders) for count in (self.comment_lines, self.flagged_lines))
        opening, message, name, page = (
            sum(self.others[kind][f] for f in folders) for kind in ("opening", "message", "name", "page")
        )
        share = 100 * flagged_lines / max(lines, 1)
        print(f"{title:32} {lines:13} {flagged_lines:8} {share:6.2f}% {opening:9} {message:9} {name:6} {page:6}")

    def verdict(self):
        """Prints what fails, and returns the exit code."""
        failures = []
        lines, flagged_lines = sum(self.comment_lines.values()), sum(self.flagged_lines.values())
        if flagged_lines * 100 > COMMENT_BAR * lines:
            failures.append(f"{flagged_lines} of {lines} comment lines are flagged; at most {COMMENT_BAR} % may be")
        titles = {"message": "messages", "name": "names", "page": "places in pages", "opening": "doc comment openings"}
        for kind, counts in self.others.items():
            if number := sum(counts.values()):
                failures.append(f"{number} {titles[kind]} are flagged; none may be")
        for failure in failures:
            print(f"prose: {failure}", file=sys.stderr)
        return 1 if failures else 0


def folder_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("Sources", "Tests") else parts[0] if len(parts) > 1 else path


def is_message(path, text):
    """Returns whether a string literal can reach a user: one of the sources with more than one word."""
    return path.startswith("Sources/") and re.search(r"\w\s+\w|…\s+\w|\w\s+…", text) is not None


if __name__ == "__main__":
    sys.exit(main())
