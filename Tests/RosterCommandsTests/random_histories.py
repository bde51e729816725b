"""Writes random histories of a registry into a git repository, and prints the changes of each pull request.

Usage: random_histories.py FOLDER SEED COUNT

The output is one JSON object a line.
"""

import json
import os
import random
import subprocess
import sys

import history_oracle

PROJECTS = ("acme", "labs")
KINDS = ("providers", "secrets", "keys", "tokens", "policies", "projects", "files")
NAMES = {"keys": range(4), "tokens": range(4), "policies": ("p1", "p2", "p3"), "projects": ("x1", "x2", "x3")}


def digits(number, width=16):
    return str(number).zfill(width)


def provider_text(number, value):
    secret = f"secret: {value['secret']}\n" if value["secret"] else ""
    slug = "openai" if value["secret"] else "ollama"
    return (
        f"id: aip_{digits(number)}\nname: Provider {value['name']}\nprovider: {slug}\n"
        f"defaultModel: m{value['model']}\n{secret}" + "# note\n" * value["notes"]
    )


def secret_text(number, value):
    box = chr(66 + value["box"]) * 405 + "A=="
    return (
        f"id: sec_{digits(number)}\nname: Secret {value['name']}\nallowedHosts: [api.openai.com]\n"
        f"generation: {value['generation']}\nfingerprint: {digits(number, 32)}\n"
        f"boxes:\n  - key: rk_{digits(0, 32)}\n    box: {box}\n" + "# note\n" * value["notes"]
    )


def files_of(state):
    """Returns the texts of a state by path."""
    files = dict(state["files"])
    for kind, text in (("providers", provider_text), ("secrets", secret_text)):
        for number, value in state[kind].items():
            files[f"{kind}/{value['project']}/{value['handle']}.yaml"] = text(number, value)
    roster = ["roster: 1", "projects:"]
    for name, (id, label) in sorted(state["projects"].items()):
        roster.append(f"  {name}: {{id: proj_{digits(id)}, name: Project {label}}}")
    roster += ["sealingKeys:"]
    public = "45mJiRDhoTLio5lyNwC5/yBj6QyTvINhR+cFBC5vCTY="
    for id, name in sorted(state["keys"].items()):
        roster.append(f"  - {{id: rk_{digits(id, 32)}, publicKey: {public}, name: Key {name}}}")
    roster += ["access:", "  policies:"]
    for name, where in sorted(state["policies"].items()):
        roster.append(f'    {name}: [{{effect: Allow, action: ["*"], resource: ["{where}"]}}]')
    roster += ["  tokens:"]
    for id, (name, hash) in sorted(state["tokens"].items()):
        roster.append(f'    - {{id: key_{digits(id)}, name: Token {name}, hash: "{digits(hash, 64)}", policies: [all]}}')
    files["roster.yaml"] = "\n".join(roster) + "\n"
    return files


def without_collisions(state):
    """Drops records at a path that is already in use."""
    for kind in ("providers", "secrets"):
        places = set()
        for number, value in sorted(state[kind].items()):
            place = (value["project"], value["handle"])
            if place in places:
                del state[kind][number]
            places.add(place)
    return state


def same(value):
    return dict(value) if isinstance(value, dict) else value


def copy(state):
    return {name: {key: same(value) for key, value in part.items()} for name, part in state.items()}


def edit(rng, state):
    """Makes one change."""
    state = copy(state)
    kind = rng.choice(KINDS + ("providers", "providers", "secrets"))
    part = state[kind]
    action = rng.choice(("add", "change", "change", "move", "delete"))
    if kind in ("providers", "secrets"):
        if action == "add" and len(part) < 8:
            value = {"project": rng.choice(PROJECTS), "handle": f"h{rng.randrange(9)}", "name": 0, "notes": 0}
            if kind == "providers":
                value |= {"secret": rng.choice((None, f"h{rng.randrange(4)}")), "model": 0}
            else:
                value |= {"generation": 1, "box": 0}
            part[rng.randrange(12)] = value
        elif part:
            number = rng.choice(sorted(part))
            if action == "delete":
                del part[number]
            elif action == "move":
                part[number] |= {"project": rng.choice(PROJECTS), "handle": f"h{rng.randrange(9)}"}
            else:
                name = rng.choice(sorted(part[number].keys() - {"project", "handle", "secret"}))
                part[number][name] = rng.randrange(1, 5)
                if kind == "providers" and rng.random() < 0.3:
                    part[number]["secret"] = rng.choice((None, f"h{rng.randrange(4)}"))
    elif kind == "files":
        path = f".github/{rng.randrange(3)}.yml"
        part[path] = f"on: push # {rng.randrange(9)}\n"
        if action == "delete":
            del part[path]
    else:
        key = rng.choice(NAMES[kind])
        number = rng.randrange(3)
        values = {"keys": number, "tokens": (number, rng.randrange(2)), "policies": ("*", "acme/*", "labs/*")[number]}
        part[key] = values[kind] if kind in values else (int(key[1:]), number)
        if action == "delete":
            del part[key]
    return without_collisions(state)


def merged(rng, one, other, base):
    """Merges two states record by record; conflicts are resolved to either side at random."""
    mode = rng.random()
    if mode < 0.2:
        return copy(one)
    result = {}
    for kind in one:
        result[kind] = {}
        for key in sorted(one[kind].keys() | other[kind].keys(), key=str):
            first, second, third = one[kind].get(key), other[kind].get(key), base[kind].get(key) if base else None
            value = second if first == third else first if second == third else rng.choice((first, second))
            if mode > 0.9:
                value = rng.choice((first, second))
            if value is not None:
                result[kind][key] = same(value)
    return without_collisions(result)


def history(rng, first):
    """Returns the parents and the state of each commit of one history; its commits are numbered from `first`."""
    graph, states = {}, {}
    empty = {kind: {} for kind in KINDS}
    empty["projects"] = {name: (10 + index, 0) for index, name in enumerate(PROJECTS)}
    empty["policies"] = {"all": "*"}
    # A section must not be empty.
    empty["keys"], empty["tokens"] = {9: 0}, {9: (0, 0)}

    def commit(parents, state):
        number = first + len(graph)
        graph[number], states[number] = parents, state
        return number

    def base(one, other):
        found = sorted(history_oracle.merge_bases(graph, one, other))
        return states[found[0]] if found else None

    root = empty
    for _ in range(30):
        root = edit(rng, root)
    tips = [commit([], root)]
    if rng.random() < 0.15:
        tips.append(commit([], edit(rng, root)))
    for _ in range(rng.randrange(5, 14)):
        kind = rng.random()
        one, other = rng.choice(tips[-6:]), rng.choice(tips[-6:])
        if kind < 0.6 or one == other:
            state = states[one]
            for _ in range(rng.randrange(0, 7)):
                state = edit(rng, state)
            tips.append(commit([one], state))
        elif kind < 0.75:
            tips.append(commit([one, other], merged(rng, states[one], states[other], base(one, other))))
        elif kind < 0.9:
            # A criss-cross: each merges the other as it was.
            for pair in ((one, other), (other, one)):
                tips.append(commit(list(pair), merged(rng, states[pair[0]], states[pair[1]], base(*pair))))
        else:
            parents = sorted(set(rng.choices(tips, k=4)), key=lambda tip: rng.random())
            state = states[parents[0]]
            for parent in parents[1:]:
                state = merged(rng, state, states[parent], base(parents[0], parent))
            tips.append(commit(parents, state))
    tip = rng.choice(tips[-6:])
    heads = [head for head in tips if head not in history_oracle.ancestors(graph, tip)] or tips
    return graph, states, tip, rng.choice(heads[-4:])


def main():
    folder, seed, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    stream, pulls, number = [], [], 1
    for index in range(count):
        graph, states, tip, head = history(rng, number)
        number += len(graph)
        trees = {commit: files_of(state) for commit, state in states.items()}
        for commit, parents in graph.items():
            stream.append("reset refs/heads/work\n\n" if not parents else "")
            stream.append(f"commit refs/heads/work\nmark :{commit}\n")
            stream.append(f"committer T <t@example.com> {1764000000 + commit} +0000\ndata 2\nc\n")
            if parents:
                stream.append(f"from :{parents[0]}\n" + "".join(f"merge :{parent}\n" for parent in parents[1:]))
            known = trees[parents[0]] if parents else {}
            for path in sorted(known.keys() - trees[commit].keys()):
                stream.append(f"D {path}\n")
            for path, text in sorted(trees[commit].items()):
                if known.get(path) != text:
                    stream.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
        bases, rows = history_oracle.expected(graph, trees, tip, head)
        pulls.append((tip, head, bases, rows))
    arguments = ["git", "-C", folder, "fast-import", "--quiet", "--force", "--export-marks=" + folder + "/marks"]
    subprocess.run(arguments, input="".join(stream).encode(), check=True)
    with open(folder + "/marks") as lines:
        names = dict(line.strip(":\n").split(" ") for line in lines)
    for tip, head, bases, rows in pulls:
        shown = [
            {"key": f"{kind} {key}", "actions": sorted(actions), "handles": sorted(map(str, handles))}
            for (kind, key), (actions, handles) in sorted(rows.items())
        ]
        bases = sorted(names[str(base)] for base in bases)
        print(json.dumps({"base": names[str(tip)], "head": names[str(head)], "mergeBases": bases, "rows": shown}))


main()
