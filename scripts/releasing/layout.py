"""Writes a linker script that places the sections of executed addresses before all other code."""

import bisect
import re
from collections import defaultdict

# One input section in lld's map: its address, its size, the file it is from and its name.
SECTION = re.compile(r"\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+ {9}(\S.*):\((\.text.*)\)$")
# What the linker script's lexer would not take as a part of a file's name.
ODD = re.compile(r"[^\w./*:+-]")


def write_layout(path, link_map, addresses):
    """Writes the script for a program that was linked with that map."""
    sections = []
    with open(link_map, errors="replace") as lines:
        for line in lines:
            if (match := SECTION.match(line)) and int(match[2], 16):
                sections.append((int(match[1], 16), match[3], match[4]))
    starts = [start for start, _, _ in sections]
    used = {bisect.bisect_right(starts, address) - 1 for address in addresses}
    names = defaultdict(list)
    for index in sorted(used - {-1}):
        _, file, section = sections[index]
        if not re.search(r"crt\w*\.o$", file):
            names[file].append(section)
    # The code of the toolchain's libraries is in one section a file, most of which is not run: it comes last.
    files = sorted(names, key=lambda file: (".text" in names[file], file))
    path.write_text(
        "SECTIONS\n{\n  .text.used : ALIGN(4096)\n  {\n"
        + "".join(f"    {pattern(file)}({' '.join(map(quote, names[file]))})\n" for file in files)
        + "  }\n}\nINSERT BEFORE .text;\n"
    )


def pattern(file):
    """Returns the name of a file in the script: an archive's member has a leading colon, and no folder."""
    if match := re.match(r".*/(.*)\((.*)\)$", file):
        return ODD.sub("?", f"*/{match[1]}:{match[2]}")
    return ODD.sub("?", "*/" + "/".join(file.split("/")[-2:]))


def quote(section):
    return f'"{section}"'
