"""The manual page roster(1), from the description of the commands that the program prints."""

import json
import re
import time

SECTION = "User Commands"


def make_manual_page(release):
    """Returns the page: a section for each group of commands, with the options that a command does not share with all."""
    root = json.loads(release.run("--experimental-dump-help"))["command"]
    date = time.strftime("%Y-%m-%d", time.gmtime(release.epoch))
    shared = [argument for argument in root["arguments"] if argument["shouldDisplay"]]
    lines = [
        f'.TH ROSTER 1 "{date}" "roster {release.version}" "{SECTION}"',
        ".SH NAME",
        f"roster \\- {escape(root['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B roster",
        *(synopsis(argument) for argument in shared),
        r"\fIcommand\fR",
        r".RI [ argument ...\|]",
        ".SH DESCRIPTION",
        *paragraphs(root.get("discussion", root["abstract"])),
        ".SH OPTIONS",
        "Every command has these options.",
        *options(shared),
        ".SH EXAMPLES",
        *examples(release, []),
    ]
    names = {spelling(argument) for argument in shared}
    commands = {command["commandName"]: command for command in root["subcommands"] if command["shouldDisplay"]}
    for title, members in groups(release):
        lines.append(f'.SH "{escape(title)}"')
        for member in members:
            lines += describe(release, commands.pop(member), [], names)
    if missing := commands.keys() - {"help"}:
        raise ValueError(f"roster --help has no group of {', '.join(missing)}")
    lines += [".SH SEE ALSO", ".BR git (1)"]
    return ("\n".join(lines) + "\n").encode()


def groups(release):
    """Returns the titles of the groups that the help text has, each with the names of its commands."""
    text = release.run("--help").split("\nEXAMPLES:\n")[0]
    sections = re.findall(r"^([A-Z][A-Z ]+):\n((?:  .*\n?)+)", text, re.MULTILINE)
    names = [(title, re.findall(r"^  ([a-z]+)\b", body, re.MULTILINE)) for title, body in sections]
    return [(title, members) for title, members in names if members]


def examples(release, path):
    """Returns the examples at the end of a command's help text."""
    text = release.run(*path, "--help").split("\nEXAMPLES:\n")[1]
    lines = [escape(line.removeprefix("  ")) for line in text.rstrip("\n").split("\n")]
    return [".RS 4", ".nf", *lines, ".fi", ".RE"]


def describe(release, command, parents, shared):
    """Returns the section of a command, followed by those of its subcommands."""
    path = [*parents, command["commandName"]]
    name = " ".join(["roster", *path])
    own = [
        argument for argument in command["arguments"] if argument["shouldDisplay"] and spelling(argument) not in shared
    ]
    lines = [f'.SS "{escape(name)}"', *paragraphs(command["abstract"])]
    if command.get("aliases"):
        lines += [".PP", f"Also called {escape(', '.join(command['aliases']))}."]
    if own:
        lines += [".PP", f".B {escape(name)}", *(synopsis(argument) for argument in own)]
    if command.get("discussion"):
        lines += [".PP", *paragraphs(command["discussion"])]
    lines += options(own)
    lines += [".PP", "Examples:", *examples(release, path)]
    for child in command.get("subcommands", []):
        if child["shouldDisplay"]:
            lines += describe(release, child, path, shared)
    return lines


def spelling(argument):
    """Returns the arguments' names as they are typed, such as `-h, --help`."""
    names = sorted(argument.get("names", []), key=lambda name: len(name["name"]))
    return ", ".join(("--" if name["kind"] == "long" else "-") + name["name"] for name in names)


def synopsis(argument):
    value = rf"\fI{escape(argument.get('valueName', ''))}\fR"
    if argument["kind"] == "positional":
        text = value
    else:
        preferred = argument["preferredName"]
        dashes = "--" if preferred["kind"] == "long" else "-"
        text = rf"\fB{escape(dashes + preferred['name'])}\fR" + (f" {value}" if argument["kind"] == "option" else "")
    text += r"\|.\|.\|." if argument["isRepeating"] else ""
    return f"[{text}]" if argument["isOptional"] else text


def options(arguments):
    """Returns one entry for each argument, with its allowed values and its default."""
    lines = []
    for argument in arguments:
        value = rf"\fI{escape(argument.get('valueName', ''))}\fR"
        if argument["kind"] == "positional":
            term = value
        else:
            term = rf"\fB{escape(spelling(argument))}\fR" + (f" {value}" if argument["kind"] == "option" else "")
        notes = []
        if argument.get("allValues"):
            notes.append(f"values: {', '.join(argument['allValues'])}")
        if argument.get("defaultValue") and argument["kind"] != "flag":
            notes.append(f"default: {argument['defaultValue']}")
        body = argument.get("abstract", "") + (f" ({'; '.join(notes)})" if notes else "")
        lines += [".TP", term, *paragraphs(body or "No description.", separator=".IP")]
    return lines


def paragraphs(text, separator=".PP"):
    """Returns a text as lines of roff, with a request between its paragraphs and before each indented line."""
    lines = []
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines += [separator] if lines else []
        for line in paragraph.splitlines():
            if line.startswith("  ") and lines and lines[-1] != separator:
                lines.append(".br")
            lines.append(escape(line.strip()))
    return lines


def escape(text):
    """Returns a text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    text = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)
    return "\\&" + text if text.startswith(".") else text
