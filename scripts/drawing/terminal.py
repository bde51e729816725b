"""Terminal output as SVG: a window with lines of spans, in the colors that the program's escape sequences choose."""

import dataclasses
import re

from shapes import MONO, escaped

SIZE = 13.0
ADVANCE = SIZE * 0.6
LINE = 19
PADDING = 16
BAR = 30

TEXT, DIM, PROMPT = "#e6edf3", "#8b949e", "#7ee787"
BACKGROUND, BORDER, TITLE = "#0d1117", "#30363d", "#161b22"
COLORS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd"}
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


@dataclasses.dataclass
class Span:
    """Characters of one style, and the column that they begin at."""

    column: int
    text: str
    color: str
    is_bold: bool


def styled(output):
    """Returns each line of an output as characters with their color and weight."""
    color, is_bold, result, current = TEXT, False, [], []
    for part in re.split(r"(\x1b\[[0-9;]*m|\n)", output.rstrip("\n") + "\n"):
        if part == "\n":
            result.append(current)
            current = []
        elif match := ESCAPE.fullmatch(part):
            for code in [int(code or 0) for code in match[1].split(";")]:
                if code == 0:
                    color, is_bold = TEXT, False
                elif code == 1:
                    is_bold = True
                elif code == 2:
                    color = DIM
                elif code in COLORS:
                    color = COLORS[code]
                else:
                    raise ValueError(f"the program prints an unknown style: {code}")
        elif "\x1b" in part:
            raise ValueError(f"the program prints an unknown escape sequence: {part!r}")
        else:
            current += [(character, color, is_bold) for character in part]
    return result


def folded(line, columns):
    """Returns the rows of a line. A row that is too long continues on the next one, below the words of the first."""
    text = "".join(character for character, _, _ in line)
    indent = len(text) - len(text.lstrip(" =|")) if text.startswith(" ") else 2
    rows, start, space = [], 0, columns
    while len(line) - start > space:
        end = text.rfind(" ", start, start + space + 1)
        end = end if end > start else start + space
        rows.append(line[start:end])
        start = end + 1 if text[end] == " " else end
        space = columns - indent
    rows.append(line[start:])
    blank = [(" ", TEXT, False)] * indent
    return rows[:1] + [blank + row for row in rows[1:]]


def spans(row):
    """Returns the spans of a row, one for each change of style."""
    result = []
    for column, (character, color, is_bold) in enumerate(row):
        if result and (result[-1].color, result[-1].is_bold) == (color, is_bold):
            result[-1].text += character
        else:
            result.append(Span(column, character, color, is_bold))
    return result


def lines(output, columns):
    """Returns the spans of each row of an output."""
    return [spans(row) for line in styled(output) for row in folded(line, columns)]


def prompt(command):
    """Returns the spans of a line with a typed command."""
    return [Span(0, "$ ", PROMPT, True), Span(2, command, TEXT, True)]


def window(rows, y, width, title):
    """Returns the elements of a window with these lines at a height, and its own height."""
    height = BAR + 2 * PADDING + LINE * len(rows) - 4
    parts = [
        f'<rect x="0.5" y="{y + 0.5}" width="{width - 1}" height="{height - 1}" rx="8" fill="{BACKGROUND}" stroke="{BORDER}"/>',
        f'<path d="M1 {y + BAR}V{y + 9}a8 8 0 0 1 8-8H{width - 9}a8 8 0 0 1 8 8V{y + BAR}z" fill="{TITLE}"/>',
    ]
    for index, color in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        parts.append(f'<circle cx="{18 + 18 * index}" cy="{y + 15}" r="5.5" fill="{color}"/>')
    parts.append(f'<text x="{width / 2:g}" y="{y + 19}" class="t" text-anchor="middle">{escaped(title)}</text>')
    parts.append(f'<g class="m" fill="{TEXT}">')
    baseline = y + BAR + PADDING + 11
    for index, row in enumerate(rows):
        for span in row:
            bold = ' font-weight="600"' if span.is_bold else ""
            color = f' fill="{span.color}"' if span.color != TEXT else ""
            # Viewers collapse several blanks, so each run of words has its own place.
            for words in re.finditer(r"\S+(?: \S+)*", span.text):
                x, length = PADDING + (span.column + words.start()) * ADVANCE, len(words[0]) * ADVANCE
                place = f'x="{x:.1f}" y="{baseline + LINE * index}" textLength="{length:.1f}"'
                parts.append(f"<text {place}{color}{bold}>{escaped(words[0])}</text>")
    parts.append("</g>")
    return parts, height


STYLE = (
    f".m{{font-family:{MONO};font-size:{SIZE:g}px}}"
    f".t{{font:12px {MONO};fill:{DIM}}}"
)
