"""Writes a Roster repository of a given size for the benchmark: always the same, and clean under every rule.

Each project is a folder of 96 providers and 4 secrets, made from a separate seed, so that the repository of 1,000
files is the beginning of that of 10,000. Nothing in it is a key: a box is random bytes of a box's length.
"""

import base64
import hashlib
import os
import random
import string
from pathlib import Path

from corpus_text import COMMENTS, MODELS, PURPOSES, REGIONS, TEAMS, config_lines, quoted

PROVIDERS_A_PROJECT = 96
SECRETS_A_PROJECT = 4
FILES_A_PROJECT = PROVIDERS_A_PROJECT + SECRETS_A_PROJECT
BOX_BYTES = 48 + 256
MODIFIED = 1_767_225_600  # 2026-01-01T00:00:00Z; each file is a second younger than the one before

# Which secret of a project serves which slugs. ollama takes none; of the last row's, bedrock, gateway and custom may go
# without.
SECRETS = [
    ("openai", ["openai"]),
    ("claude-and-gemini", ["anthropic", "google"]),
    ("fast-inference", ["xai", "groq"]),
    ("cloud", ["azure", "bedrock", "gateway", "custom"]),
]
SLUGS = [*(slug for _, slugs in SECRETS for slug in slugs), "ollama"]


def sealing_key():
    """A public key that is canonical and not of low order, and the id that follows from it."""
    public = bytearray(random.Random("sealing key").randbytes(32))
    public[31] &= 0x7F
    digest = hashlib.blake2b(b"roster-sealing-key-v1\0" + public, digest_size=16)
    return "rk_" + digest.hexdigest(), base64.b64encode(public).decode()


SEALING_KEY, PUBLIC_KEY = sealing_key()


def new_id(source, prefix):
    return prefix + "".join(source.choices(string.ascii_letters + string.digits, k=16))


def project_handle(index):
    return f"{TEAMS[index % len(TEAMS)]}-{index:04}"


def allowed_hosts(project, slugs):
    hosts = {
        "openai": ["api.openai.com", "eu.api.openai.com"],
        "anthropic": ["api.anthropic.com"],
        "google": ["generativelanguage.googleapis.com"],
        "xai": ["api.x.ai", *(f"{region}.api.x.ai" for region in REGIONS)],
        "groq": ["api.groq.com"],
        "azure": [f"{project}-llm.openai.azure.com"],
        "bedrock": [f"{service}.{REGIONS[0]}.amazonaws.com" for service in ("bedrock", "bedrock-runtime")],
        "gateway": [f"gateway.example.com/{project}/"],
        "custom": [f"models.{project}.example:8443"],
    }
    return [host for slug in slugs for host in hosts[slug]]


def secret_text(source, project, handle, slugs):
    hosts = allowed_hosts(project, slugs)
    lines = [f"id: {new_id(source, 'sec_')}", f"name: {quoted(source, f'{handle} of {project}')}"]
    if len(hosts) < 3:
        lines.append(f"allowedHosts: [{', '.join(hosts)}]")
    else:
        lines += ["allowedHosts:", *(f"  - {host}" for host in hosts)]
    # Quoted: one fingerprint in a million is a number to YAML.
    lines += [f"generation: {source.randint(1, 9)}", f'fingerprint: "{source.randbytes(16).hex()}"']
    if source.random() < 0.3:
        lines.append(f"rotateBy: 2099-{source.randint(1, 12):02}-01")
    box = base64.b64encode(source.randbytes(BOX_BYTES)).decode()
    return "\n".join([*lines, "boxes:", f"  - key: {SEALING_KEY}", f"    box: {box}", ""])


def endpoint(source, project, slug, has_secret):
    """A provider's `baseUrl`, or nothing, and the config keys that its slug demands or knows."""
    if slug == "openai":
        base = "https://eu.api.openai.com/v1" if source.random() < 0.4 else None
        return base, [f"organization: org-{project}"] if source.random() < 0.5 else []
    if slug == "anthropic":
        return None, ['version: "2026-10-21"'] if source.random() < 0.2 else []
    if slug == "google":
        return None, ["version: v1beta"] if source.random() < 0.3 else []
    if slug == "xai":
        return None, [f"region: {source.choice(REGIONS)}"] if source.random() < 0.5 else []
    if slug == "azure":
        return None, [f"resourceName: {project}-llm", "apiVersion: preview"]
    if slug == "bedrock":
        if has_secret:
            return None, [f"region: {REGIONS[0]}"]
        return None, [f"region: {source.choice(REGIONS)}", "auth: ambient"]
    if slug == "gateway":
        return f"https://gateway.example.com/{project}/v1", ["headers:", f"  x-team: {source.choice(TEAMS)}"]
    if slug == "custom":
        return f"https://models.{project}.example:8443/v1", []
    if slug == "ollama":
        return source.choice([None, "http://127.0.0.1:11434", f"https://ollama.{project}.example"]), []
    return None, []


def provider_text(source, project, name, slug, model, secret):
    lines = []
    if source.random() < 0.5:
        lines.append("# yaml-language-server: $schema=../../schema/provider.schema.json")
    if source.random() < 0.7:
        lines.append(f"# {source.choice(COMMENTS)}")
    lines += [f"id: {new_id(source, 'aip_')}", f"name: {quoted(source, name)}"]
    lines += [f"provider: {slug}", f"defaultModel: {model}"]
    if source.random() < 0.2:
        lines[-1] += "  # " + source.choice(COMMENTS)
    if secret or source.random() < 0.2:
        lines.append(f"secret: {secret or 'null'}")
    base, known = endpoint(source, project, slug, secret is not None)
    if base or source.random() < 0.1:
        lines.append(f"baseUrl: {base or 'null'}")
    config = known + config_lines(source)
    return "\n".join([*lines, "config:", *("  " + line for line in config), ""])


def provider_handle(name, taken):
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    handle = "-".join(part for part in kept.split("-") if part)[:58].rstrip("-")
    while handle in taken:
        handle += "-b"
    return handle


def project_files(index):
    """The files of one project, as pairs of a path and a text."""
    source = random.Random(f"project {index}")
    project = project_handle(index)
    suffix = source.choice(["", "-prod", "-2026", "-eu"])
    secret_of = {}
    for stem, slugs in SECRETS:
        yield f"secrets/{project}/{stem}{suffix}.yaml", secret_text(source, project, stem + suffix, slugs)
        secret_of |= dict.fromkeys(slugs, stem + suffix)

    taken = set()
    purposes = source.sample(PURPOSES, len(PURPOSES))
    for number in range(PROVIDERS_A_PROJECT):
        slug = SLUGS[number % len(SLUGS)]
        secret = secret_of.get(slug)
        # The first of each slug keeps its secret, so that every secret is linked.
        if slug in ("bedrock", "gateway", "custom") and number >= len(SLUGS) and source.random() < 0.4:
            secret = None
        label, model = source.choice(MODELS[slug])
        round_number, purpose = divmod(number, len(purposes))
        name = f"{label} for {purposes[purpose]}" + (f", {round_number + 1}" if round_number else "")
        handle = provider_handle(name, taken)
        taken.add(handle)
        yield f"providers/{project}/{handle}.yaml", provider_text(source, project, name, slug, model, secret)


def roster_text(projects):
    source = random.Random("roster.yaml")
    handles = [project_handle(index) for index in range(projects)]
    lines = ["# Written by scripts/bench.", "roster: 1", "projects:"]
    for handle in handles:
        lines += [f"  {handle}:", f"    id: {new_id(source, 'proj_')}", f"    name: {handle.title()}"]
    lines += ["sealingKeys:", f"  - id: {SEALING_KEY}", f"    publicKey: {PUBLIC_KEY}", "    name: benchmark"]
    lines += ["access:", "  policies:"]
    readers = handles[::10]
    for handle in readers:
        lines += [f"    {handle}-reader:", "      - effect: Allow"]
        lines += ["        action: [aiProviders:ListAiProviders, aiProviders:GetAiProvider]"]
        lines += [f'        resource: ["{handle}/*"]']
    lines.append("  tokens:")
    for handle in readers:
        lines += [f"    - id: {new_id(source, 'key_')}", f"      name: {handle} dashboard"]
        lines += [f'      hash: "{source.randbytes(32).hex()}"', f"      policies: [{handle}-reader]"]
        lines += [f"      project: {handle}", "      expires: 2099-06-30"]
    return "\n".join([*lines, ""])


def write(top: Path, files: int):
    """Writes a repository of `files` provider and secret files, and its roster.yaml, into the new folder `top`."""
    projects, rest = divmod(files, FILES_A_PROJECT)
    if rest or not projects:
        raise ValueError(f"a corpus has a multiple of {FILES_A_PROJECT} files")
    written = 0

    def put(path, text):
        nonlocal written
        place = top / path
        place.write_text(text, encoding="utf-8", newline="\n")
        os.utime(place, (MODIFIED + written, MODIFIED + written))
        written += 1

    top.mkdir()
    put("roster.yaml", roster_text(projects))
    for index in range(projects):
        for kind in ("providers", "secrets"):
            (top / kind / project_handle(index)).mkdir(parents=True)
        for path, text in project_files(index):
            put(path, text)
