"""Finds the prose of a source file: comments, doc comments, messages, declared names and text of pages."""

import io
import re
import tokenize
from dataclasses import dataclass

DECLARATION = re.compile(
    r"\b(?:func|var|let|struct|class|enum|actor|protocol|typealias|case|macro|def)\s+`?([A-Za-z_]\w*)|"
    r"\b(?:func|var|let|case)\s+`([^`\n]+)`"
)

PARAMETERS = re.compile(r"\b(?:func\s+[^\s(<]+|init[?!]?|subscript|case\s+\w+)\s*(?:<[^()]*>)?\(")


@dataclass(frozen=True)
class Text:
    """A piece of prose: `kind` is comment, doc, message, name or page, and `line` is that of its first character."""

    kind: str
    line: int
    text: str

    def line_of(self, offset):
        return self.line + self.text.count("\n", 0, offset)


def texts(path, source):
    """Returns the prose of a file by the end of its path, and None for a file of another kind."""
    name = path.rsplit("/", 1)[-1]
    if name.endswith(".swift"):
        return list(_swift(source))
    if name.endswith(".md"):
        return list(_markdown(source))
    if name.endswith(".py") or source.startswith(("#!/usr/bin/env python3", "#!/usr/bin/python3")):
        return list(_python(source))
    if name.endswith((".sh", ".yml", ".yaml", ".service", ".conf", "Dockerfile")) or source.startswith("#!"):
        return list(_hash_comments(source))
    return None


def _swift(source):
    comments, code = [], []
    position = line = 0
    literals = []
    while position < len(source):
        if source.startswith("//", position):
            end = source.find("\n", position)
            end = len(source) if end < 0 else end
            alone = not source[source.rfind("\n", 0, position) + 1 : position].strip()
            comments.append((line, alone, source[position:end]))
            position = end
        elif source.startswith("/*", position):
            end = source.find("*/", position)
            end = len(source) if end < 0 else end + 2
            comments.append((line, False, source[position:end]))
            line += source.count("\n", position, end)
            code.append("\n" * source.count("\n", position, end))
            position = end
        elif match := re.compile(r'(#*)("""|")').match(source, position):
            end = _literal_end(source, match.end(), match[1], match[2])
            body = source[match.end() : end - len(match[1]) - len(match[2])]
            # The title of a test is a name; `code` is a list of characters and of replaced literals.
            kind = "name" if "".join(code[-7:]).endswith(("@Test(", "@Suite(")) else "message"
            literals.append(Text(kind, line + 1, _without_interpolations(body, match[1])))
            line += source.count("\n", position, end)
            code.append('""' + "\n" * source.count("\n", position, end))
            position = end
        else:
            line += source[position] == "\n"
            code.append(source[position])
            position += 1
    yield from _comment_blocks(comments)
    yield from literals
    yield from _names("".join(code))


def _literal_end(source, position, pounds, quotes):
    """Returns the offset after the closing quotes of a literal whose contents begin at a position."""
    closing, escape = quotes + pounds, "\\" + pounds
    while position < len(source):
        if source.startswith(escape + "(", position):
            position = _interpolation_end(source, position + len(escape) + 1)
        elif source.startswith(escape, position):
            position += len(escape) + 1
        elif source.startswith(closing, position):
            return position + len(closing)
        else:
            position += 1
    return position


def _interpolation_end(source, position):
    depth = 1
    while position < len(source) and depth:
        if match := re.compile(r'(#*)("""|")').match(source, position):
            position = _literal_end(source, match.end(), match[1], match[2])
            continue
        depth += {"(": 1, ")": -1}.get(source[position], 0)
        position += 1
    return position


def _without_interpolations(body, pounds):
    pieces, position, escape = [], 0, "\\" + pounds + "("
    while (start := body.find(escape, position)) >= 0:
        end = _interpolation_end(body, start + len(escape))
        pieces += [body[position:start], "…", "\n" * body.count("\n", start, end)]
        position = end
    return "".join(pieces) + body[position:]


def _comment_blocks(comments):
    """Yields each run of comment lines as one text, so that a phrase is found across a line end."""
    block, first, kind = [], 0, None
    for line, alone, text in comments:
        here = "doc" if text.startswith(("///", "/**")) else "comment"
        if block and alone and here == kind and line == first + len(block):
            block.append(text)
            continue
        if block:
            yield Text(kind, first + 1, "\n".join(block))
        block, first, kind = [text], line, here
        if not alone:
            yield Text(kind, first + 1, text)
            block = []
    if block:
        yield Text(kind, first + 1, "\n".join(block))


def _names(code):
    for match in DECLARATION.finditer(code):
        name = match[1] or match[2]
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", name)
        yield Text("name", code.count("\n", 0, match.start()) + 1, words)
    for match in PARAMETERS.finditer(code):
        end = _interpolation_end(code, match.end())
        for name in re.finditer(r"(?:^|,)\s*(\w+)(?:\s+(\w+))?\s*:", code[match.end() : end]):
            line = code.count("\n", 0, match.end() + name.start(1)) + 1
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", " ".join(part for part in name.groups() if part))
            yield Text("name", line, words)


def _markdown(source):
    """Yields the paragraphs of a page, without code blocks and code spans."""
    fence, paragraph, first = None, [], 0
    for number, line in enumerate(source.split("\n") + [""]):
        mark = re.match(r"\s*(?:[-*]\s+)?(```+|~~~+)", line)
        if mark and (fence is None or line.strip() == fence):
            fence = mark[1] if fence is None else None
            line = ""
        elif fence:
            continue
        if line.strip():
            first = first if paragraph else number
            paragraph.append(re.sub(r"`[^`]*`|\]\([^)]*\)", "…", line))
        elif paragraph:
            yield Text("page", first + 1, "\n".join(paragraph))
            paragraph = []


def _python(source):
    comments, previous = [], None
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith("#!"):
            comments.append((token.start[0] - 1, not token.line[: token.start[1]].strip(), token.string))
        elif token.type == tokenize.STRING and previous in (None, tokenize.INDENT, tokenize.NEWLINE, tokenize.NL):
            if '"""' in token.string:
                yield Text("doc", token.start[0], token.string.replace('"""', "///", 1).removesuffix('"""'))
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            previous = token.type
    yield from _comment_blocks(comments)
    yield from _names(re.sub(r'"""[\s\S]*?"""|"[^"\n]*"|\'[^\'\n]*\'|#.*', lambda m: "\n" * m[0].count("\n"), source))


def _hash_comments(source):
    comments = []
    for number, line in enumerate(source.split("\n")):
        if match := re.search(r"(?:^|\s)(#(?!!).*)", line):
            comments.append((number, not line[: match.start(1)].strip(), match[1]))
    yield from _comment_blocks(comments)
