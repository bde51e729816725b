"""The comment of a review as SVG: the part of Markdown that `roster diff --format markdown` prints, as GitHub shows it."""

import html
import re

from shapes import MONO, SANS, escaped, width

SIZE, CODE = 14, 11.9
LINE, PADDING, BAR = 21, 16, 38
CELL = 12
TEXT, SOFT, BACKGROUND, BORDER, ROW, CODE_FILL = "#e6edf3", "#9198a1", "#0d1117", "#3d444d", "#151b23", "#2a313c"
RISKS = {"critical": "#ff7b72", "high": "#ffa657", "medium": "#e3b341", "low": "#9198a1"}
INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]*)\]\([^)]*\)")
STYLE = (
    f".s{{font:{SIZE}px {SANS};fill:{TEXT}}}.b{{font-weight:600}}.g{{fill:{SOFT}}}"
    f".c{{font:{CODE}px {MONO};fill:{TEXT}}}"
)


def words(markdown):
    """Returns the words of a line as (text, kind, has a blank before it); kind is text, bold, or code and its number."""
    result, position, is_apart = [], 0, False

    def add(text, kind):
        nonlocal is_apart
        for piece in re.split(r"( +)", html.unescape(text)):
            if piece.startswith(" "):
                is_apart = True
            elif piece:
                result.append((piece, kind, is_apart))
                is_apart = False

    for match in INLINE.finditer(markdown):
        add(markdown[position : match.start()], "text")
        if match[1] is not None:
            for index, piece in enumerate(match[1].split(" ")):
                result.append((piece, f"code {position}", is_apart or index > 0))
                is_apart = False
        elif match[2] is not None:
            add(match[2], "bold")
        else:
            add(match[3], "text")
        position = match.end()
    add(markdown[position:], "text")
    return result


def word_width(text, kind):
    return len(text) * CODE * 0.6 + 8 if kind.startswith("code") else width(text, SIZE, kind == "bold")


def wrapped(markdown, limit):
    """Returns the lines of a paragraph, each a list of (x, text, kind, width), none wider than the limit."""
    result, current, x = [], [], 0
    for text, kind, is_apart in words(markdown):
        size = word_width(text, kind)
        gap = width(" ", SIZE) if is_apart and current else 0
        if current and current[-1][2] == kind and kind.startswith("code"):
            gap = CODE * 0.6 - 8
        if current and is_apart and x + gap + size > limit:
            result.append(current)
            current, x, gap = [], 0, 0
        current.append((x + gap, text, kind, size))
        x += gap + size
    return result + [current] if current else result


def code_runs(line):
    """Returns the first and last x of each code in a line: its words have one background."""
    runs = {}
    for x, _, kind, size in line:
        if kind.startswith("code"):
            runs[kind] = (runs.get(kind, (x, x))[0], x + size)
    return runs.values()


def natural_width(markdown):
    return max((sum(word_width(text, kind) + (width(" ", SIZE) if apart else 0) for text, kind, apart in words(line))
                for line in markdown.split("<br>")), default=0)


def paragraph(markdown, x, y, limit, is_soft=False):
    """Returns the elements of a paragraph whose first line begins at a height, and its height."""
    parts, height = [], 0
    code_fill = f'height="18" rx="4" fill="{CODE_FILL}"'
    for line in [line for piece in markdown.split("<br>") for line in wrapped(piece, limit)]:
        baseline = y + height + 15
        for left, right in code_runs(line):
            parts.append(f'<rect x="{x + left:.1f}" y="{baseline - 13}" width="{right - left:.1f}" {code_fill}/>')
        for offset, text, kind, size in line:
            left = x + offset
            if kind.startswith("code"):
                parts.append(
                    f'<text x="{left + 4:.1f}" y="{baseline - 0.5}" class="c" textLength="{size - 8:.1f}">{escaped(text)}</text>'
                )
                continue
            name = "s b" if kind == "bold" else "s g" if is_soft else "s"
            color = RISKS.get(text.lower().rstrip(":")) if kind == "bold" else None
            style = f' style="fill:{color}"' if color else ""
            parts.append(
                f'<text x="{left:.1f}" y="{baseline}" class="{name}"{style} textLength="{size:.1f}">{escaped(text)}</text>'
            )
        height += LINE
    return parts, height


def table(rows, x, y, limit):
    """Returns the elements of a table and its height. The first row is the head."""
    count = len(rows[0])
    natural = [max(natural_width(row[column]) for row in rows) + 2 * CELL for column in range(count)]
    space = limit - sum(natural[:-1])
    columns = natural[:-1] + [min(natural[-1], space)]
    if space < limit * 0.35:
        # The first column is short; the others share what is left by what they would need.
        rest = limit - natural[0]
        columns = [natural[0]] + [rest * size / sum(natural[1:]) for size in natural[1:]]
    parts, top = [], y
    for index, row in enumerate(rows):
        left, height, drawn = x, 0, []
        for column, cell in zip(columns, row):
            text, size = paragraph(f"**{cell}**" if index == 0 else cell, left + CELL, top + 7, column - 2 * CELL + 0.5)
            drawn += text
            height = max(height, size + 14)
            left += column
        fill = ROW if index and index % 2 == 0 else BACKGROUND
        left = x
        for column in columns:
            parts.append(
                f'<rect x="{left:.1f}" y="{top}" width="{column:.1f}" height="{height}" fill="{fill}" stroke="{BORDER}"/>'
            )
            left += column
        parts += drawn
        top += height
    return parts, top - y


def card(markdown, y, width_of_card, author):
    """Returns the elements of a comment at a height, and its own height. What is folded is shown as its summary."""
    limit = width_of_card - 2 * PADDING
    parts, position = [], y + BAR + PADDING
    text = re.sub(r"(?s)<details><summary>(.*?)</summary>.*?</details>", r"▸ \1", markdown)
    for block in re.split(r"\n\n+", text.strip()):
        block = re.sub(r"(?s)<!--.*?-->\n?", "", block).strip()
        if not block:
            continue
        if block.startswith("|"):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.split("\n")]
            drawn, height = table(rows[:1] + rows[2:], PADDING, position, limit)
        else:
            is_folded = block.startswith("▸ ")
            if re.match(r"(#|[-*>] |\d+\. |```)", block):
                raise ValueError(f"the comment has Markdown that is not drawn: {block[:60]}")
            drawn, height = paragraph(block.removeprefix("▸ ").replace("\n", " "), PADDING + (16 if is_folded else 0), position, limit)
            if is_folded:
                parts.append(f'<path d="M{PADDING + 1} {position + 5}l8 5l-8 5z" fill="{TEXT}"/>')
        parts += drawn
        position += height + 14
    height = position - y + 2
    frame = [
        f'<rect x="0.5" y="{y + 0.5}" width="{width_of_card - 1}" height="{height - 1}" rx="6" fill="{BACKGROUND}" stroke="{BORDER}"/>',
        f'<path d="M1 {y + BAR}V{y + 7}a6 6 0 0 1 6-6H{width_of_card - 7}a6 6 0 0 1 6 6V{y + BAR}z" fill="{ROW}"/>',
        f'<path d="M1 {y + BAR}.5H{width_of_card - 1}" stroke="{BORDER}"/>',
    ]
    head, _ = paragraph(f"**{author}** commented", PADDING, y + 9, limit, is_soft=True)
    return frame + head + parts, height
