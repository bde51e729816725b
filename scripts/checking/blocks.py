"""The fenced blocks of a page of Markdown, and the directives that are written before them."""

import dataclasses
import pathlib
import re

COMMANDS = ("sh", "bash", "console")
DATA = ("text", "yaml", "json", "toml", "diff", "dockerfile", "swift", "ini", "nginx")

# What a comment directly before a block may be. A block has at most one of each.
DIRECTIVES = {
    "place": re.compile(r"in (a copy of the example|an empty folder)"),
    "reason": re.compile(r"not run: (.+)"),
    "code": re.compile(r"exit code ([0-9]+)"),
    "answer": re.compile(r"typed: (.+)"),
    "background": re.compile(r"(keeps running)"),
    "file": re.compile(r"file: (\S+)"),
}
COMMENT = re.compile(r"\s*<!--\s*(.*?)\s*-->\s*")
FENCE = re.compile(r"( *)(```+|~~~+) *([^`]*)")


class PageError(Exception):
    """A block that a reader or the runner could not use."""


@dataclasses.dataclass
class Block:
    """A fenced block, and what its directives state."""

    page: pathlib.Path
    line: int
    language: str
    text: str
    place: str = None
    reason: str = None
    code: str = "0"
    answer: str = None
    background: str = None
    file: str = None

    @property
    def is_run(self):
        return self.file is not None or (self.language in COMMANDS and self.reason is None)

    def __str__(self):
        return f"{self.page.name}:{self.line}"


def directives(comments, page, number):
    """Returns the directives of the comments; a comment that looks like one but is not is an error."""
    found = {}
    for comment in comments:
        for name, pattern in DIRECTIVES.items():
            if match := pattern.fullmatch(comment):
                if name in found:
                    raise PageError(f"{page.name}:{number}: the directive <!-- {comment} --> is given twice")
                found[name] = match[1]
                break
        else:
            if re.match(r"(in an?|not run|exit|typed|keeps|file)\b", comment):
                raise PageError(f"{page.name}:{number}: <!-- {comment} --> is not a directive; see scripts/pages --help")
    return found


def blocks(page, text):
    """Returns the blocks of a page in order. A block without a language is an error: it could hold commands."""
    result, comments, lines = [], [], text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        fence = FENCE.fullmatch(line)
        if fence:
            indent, mark, language = fence[1], fence[2], fence[3].strip()
            start = position + 1
            position = start
            while position < len(lines) and lines[position].strip() != mark:
                position += 1
            if position == len(lines):
                raise PageError(f"{page.name}:{start}: the block is not closed")
            body = [line.removeprefix(indent) for line in lines[start:position]]
            if language not in COMMANDS + DATA:
                known = ", ".join(COMMANDS + DATA)
                raise PageError(f"{page.name}:{start}: a block has one of the languages {known}; this one has {language!r}")
            block = Block(page, start, language, "\n".join(body) + "\n", **directives(comments, page, start))
            check(block)
            result.append(block)
            comments = []
        elif comment := COMMENT.fullmatch(line):
            comments.append(comment[1])
        elif line.strip():
            comments = []
        position += 1
    return result


def check(block):
    """Refuses directives that have no effect on their block."""
    given = [name for name in ("reason", "answer", "background") if getattr(block, name)]
    if block.code != "0":
        given.append("code")
    if block.language not in COMMANDS and (given or (block.place and not block.file)):
        raise PageError(f"{block}: a block of {block.language} is not run, so its directives have no effect")
    if block.file and given:
        raise PageError(f"{block}: a block that is written to a file is not run as commands")
    if block.reason and len(given) > 1:
        raise PageError(f"{block}: a block that is not run has no other directive")
    # A reader pastes these; in a block of another language they would not be run.
    if block.language == "text" and re.search(r"^(\$ |(curl|cd|export|mkdir) |git (add|clone|commit) )", block.text, re.M):
        raise PageError(f"{block}: a block of text has commands: its language is sh")


def session(block):
    """Returns the commands of a console block with the output that each one has."""
    steps = []
    for line in block.text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif not steps:
            raise PageError(f"{block}: a console block begins with a command after '$ '")
        elif steps[-1][0].endswith("\\"):
            steps[-1] = (steps[-1][0] + "\n" + line.removeprefix("> "), [])
        else:
            steps[-1][1].append(line)
    return steps


def matches(expected, output):
    """Compares lines with an output; `…` alone on a line stands for any lines, and in a line for any characters."""
    parts = []
    for line in expected:
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*")
        else:
            parts.append(".*".join(re.escape(part) for part in line.rstrip().split("…")) + r" *\n")
    return re.fullmatch("".join(parts), output if output.endswith("\n") or not output else output + "\n") is not None
