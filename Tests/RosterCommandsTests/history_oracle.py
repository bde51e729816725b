"""Computes the changes of a pull request from the commit graph and the texts of files alone.

It runs neither git nor Roster: merge bases come from the graph, records from lines of text.
"""

import re


def ancestors(graph, commit):
    """Returns a commit with all its ancestors."""
    found, open_ = set(), [commit]
    while open_:
        commit = open_.pop()
        if commit not in found:
            found.add(commit)
            open_ += graph[commit]
    return found


def merge_bases(graph, one, other):
    """Returns the common ancestors that are not ancestors of another common ancestor."""
    common = ancestors(graph, one) & ancestors(graph, other)
    return {base for base in common if not any(base in ancestors(graph, more) for more in common - {base})}


def field(text, name):
    match = re.search(rf"^{name}: (.*)$", text, re.M)
    return match and match[1]


def place(path):
    return "/".join(path.split("/")[1:]).removesuffix(".yaml")


def records(files, folder):
    """Returns the records of a folder by id: path, text, and the id of the secret that each links."""
    result = {}
    for path, text in files.items():
        if path.startswith(folder + "/"):
            secret = files.get(f"secrets/{path.split('/')[1]}/{field(text, 'secret')}.yaml")
            result[field(text, "id")] = (path, text, secret and field(secret, "id"))
    return result


def section(files, name):
    """Returns the one-line entries of a section of roster.yaml by their ids or names."""
    lines, result, inside = files.get("roster.yaml", "").splitlines(), {}, False
    for line in lines:
        if re.match(r" *[a-zA-Z]+:$", line):
            inside = line.strip() == name + ":"
        elif inside:
            match = re.match(r"\s+- \{id: (\w+),", line) or re.match(r"\s+([\w-]+): ", line)
            result[match[1]] = line
    return result


def add(rows, kind, key, action, handle):
    actions, handles = rows.setdefault((kind, key), (set(), set()))
    actions.add(action)
    handles.add(handle)


def record_action(kind, before, after):
    if before is None or after is None:
        return "added" if before is None else "deleted"
    if before[0] != after[0]:
        return "moved"
    plain = [re.sub(r"(#|    box: ).*\n", "", side[1]) for side in (before, after)]
    boxes = [re.findall(r"box: .*", side[1]) for side in (before, after)]
    return "resealed" if kind == "secret" and plain[0] == plain[1] and boxes[0] != boxes[1] else "changed"


def compare(rows, base, head, tip):
    """Adds the rows between a merge base and the head; keys and access are compared with the tip."""
    for kind in ("provider", "secret"):
        before, after = records(base, kind + "s"), records(head, kind + "s")
        for key in before.keys() | after.keys():
            one, other = before.get(key), after.get(key)
            if one != other:
                add(rows, kind, key, record_action(kind, one, other), place((other or one)[0]))
    before, after = section(base, "projects"), section(head, "projects")
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            action = "added" if name not in before else "deleted" if name not in after else "changed"
            id = re.search(r"id: (proj_\w+)", after.get(name) or before[name])[1]
            add(rows, "project", id, action, name)
    for kind, name in (("sealing-key", "sealingKeys"), ("policy", "policies"), ("token", "tokens")):
        before, after, trusted = section(base, name), section(head, name), section(tip, name)
        for key in before.keys() | after.keys():
            one, other, known = before.get(key), after.get(key), trusted.get(key)
            # Only changes of the head count, and only if the tip does not have the same value.
            if one != other and other != known:
                action = "added" if known is None else "deleted" if other is None else "changed"
                label = re.search(r"name: ([\w ]+)", other or known)
                add(rows, kind, key, action, key if kind == "policy" else label and label[1])
    for path in base.keys() | head.keys():
        if path.startswith(".github/") and base.get(path) != head.get(path):
            action = "added" if path not in base else "deleted" if path not in head else "changed"
            add(rows, "file", path, action, None)


def expected(graph, trees, tip, head):
    """Returns the merge bases and the rows of a pull request, by kind and id."""
    bases = merge_bases(graph, tip, head)
    rows = {}
    for base in bases or {tip}:
        compare(rows, trees[base], trees[head], trees[tip])
    return bases, rows
