"""Repositories whose pages the tests read."""

import datetime
import json
import os
import random
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Clients"))

from served_example import built_program  # noqa: E402


class Repository:
    """A repository of git in a new folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments, author="Ada Example", date="2026-11-23T09:00:00+00:00"):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder.parent), "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "ada@acme.example",
            "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "ada@acme.example",
            "GIT_COMMITTER_DATE": date,
        }
        subprocess.run(["git", *arguments], cwd=self.folder, env=environment, check=True)

    def commit(self, message, **identity):
        """Commits all files."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", **identity)

    def write(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def replace(self, path, old, new):
        """Replaces text in a file."""
        text = (self.folder / path).read_text()
        assert old in text, (path, old)
        self.write(path, text.replace(old, new))

    def roster(self, *arguments):
        """Runs the program in the repository, and returns what it prints."""
        command = [built_program(), *arguments]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True).stdout


def example(folder, is_open=True):
    """The example of the project, with a later change of a model; open to every reader of this machine."""
    repository = Repository(folder)
    for name in ("providers", "secrets"):
        shutil.copytree(ROOT / name, repository.folder / name)
    shutil.copy(ROOT / "roster.yaml", repository.folder)
    if is_open:
        text = (repository.folder / "roster.yaml").read_text()
        repository.write("roster.yaml", re.sub(r"(?ms)^access:\n(?:[ #].*\n|\n)*", "", text))
    repository.replace("providers/acme/gpt-4o.yaml", "defaultModel: gpt-5.6", "defaultModel: gpt-5.4")
    repository.commit("Start with the example")
    repository.replace("providers/acme/gpt-4o.yaml", "defaultModel: gpt-5.4", "defaultModel: gpt-5.6")
    repository.commit("Use the model of this year", author="Grace Example", date="2026-11-29T12:00:00+00:00")
    return repository


def hundred(folder, today=None):
    """The example and ninety other providers, of whose models eleven retire this quarter, and two are retired.

    The repository has its own catalogue of models, so that this holds on every day.
    """
    today = today or datetime.datetime.now(datetime.timezone.utc).date()
    month = (today.month - 1) // 3 * 3 + 3
    last_of_quarter = datetime.date(today.year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)
    repository = example(folder)
    catalogue = json.loads(repository.roster("models", "catalogue"))
    entries = [entry for entry in catalogue["models"] if entry["provider"] in KEYED and entry["kind"] == "chat"][:90]
    assert len(entries) == 90, len(entries)
    for number, entry in enumerate(entries):
        retires = None
        if number < 11:
            retires = last_of_quarter
        elif number < 13:
            retires = today - datetime.timedelta(400)
        elif number < 20:
            retires = last_of_quarter + datetime.timedelta(45)
        entry["retires"] = retires and str(retires)
        entry["deprecated"] = None
        entry["successors"] = [entries[-1]["model"]] if retires else []
        project, secret = KEYED[entry["provider"]].split("/")
        repository.write(f"providers/{project}/use-{number:02}.yaml", f"""\
id: aip_{number:016}
name: Use {number} of {entry["model"]}
provider: {entry["provider"]}
defaultModel: {json.dumps(entry["model"])}
secret: {secret}
""")
    repository.write("models.json", json.dumps(catalogue, indent=2))
    repository.commit("Add ninety providers")
    return repository


# The secrets of the example whose keys may go to a slug's own host.
KEYED = {"anthropic": "acme/anthropic-prod", "groq": "labs/groq", "google": "labs/google"}


def broken(folder):
    """The example, whose newest revision has errors; returned with a function that makes it."""
    repository = example(folder)

    def break_it():
        repository.replace("providers/acme/claude.yaml", "provider: anthropic", "provider: antropic")
        repository.replace("providers/acme/gpt-4o.yaml", "eu.api.openai.com", "api.openai.com")
        repository.commit("Make mistakes")

    return repository, break_it


# Texts that would break out of some context: markup, attributes, URLs, shells, JSON, templates.
PAYLOADS = [
    "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1' x='", "</pre><iframe src=//evil.example></iframe>", "</title><script>pwned=1</script>",
    "</textarea><script>pwned=1</script>", "--><script>pwned=1</script>", "]]><script>pwned=1</script>",
    "javascript:window.pwned=1", "data:text/html,<script>pwned=1</script>", "&lt;script&gt;pwned=1&lt;/script&gt;",
    "&#60;script&#62;", "%3Cscript%3Epwned=1%3C/script%3E", "{{constructor.constructor('pwned=1')()}}",
    "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"; touch pwned; "', "\\'; touch pwned #", "$HOME ${PATH}",
    "{file:/etc/passwd}", "{env:HOME}", "!touch", "END", "'END'", "HEAD", '\\"}}]}', "a\\nb", "%s%n", "../../etc/passwd",
    "//evil.example/x", "https://evil.example/?<b>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input name=token>", "<style>*{display:none}</style>", "<a href=javascript:pwned=1>x</a>",
    "=1+1|cmd", "x" * 200, "日本語 العربية 🦊", "&amp;&quot;&apos;", "<!--", "<", ">", "&", '"', "'", "\\",
]


def hostile(folder, count=500, seed=1):
    """Records with markup in every field, and a history with markup in every text."""
    generator = random.Random(seed)

    def payload(limit=200):
        return (generator.choice(PAYLOADS) + " " + generator.choice(PAYLOADS))[:limit].strip()

    repository = example(folder)
    repository.replace("roster.yaml", "name: Acme Labs", f"name: {json.dumps(PAYLOADS[0])}")
    for path in sorted((repository.folder / "secrets").glob("*/*.yaml")):
        name = json.dumps(payload(), ensure_ascii=False)
        path.write_text(re.sub(r"(?m)^name: .*$", lambda _: f"name: {name}", path.read_text()))
    header = "X-Note"
    for number in range(count):
        slug = generator.choice(["custom", "gateway", "ollama", "openai", "anthropic", "groq", "google", "bedrock"])
        fields = {
            "id": f"aip_h{number:015}", "name": payload(), "provider": slug, "defaultModel": payload(150),
        }
        if slug in ("google", "bedrock"):
            # Their models are segments of a path, which the format keeps free of what servers resolve.
            fields["defaultModel"] = re.sub(r"[^ -~]|[\\%?#;./]", "", fields["defaultModel"]).strip() or "x"
        if slug in ("custom", "gateway"):
            fields["baseUrl"] = "https://llm.acme.example/v1"
            fields["config"] = {"headers": {header: "".join(c for c in payload() if c.isascii())}}
        if slug in ("openai", "anthropic", "groq", "google"):
            fields["secret"] = {"openai": "openai-prod", "anthropic": "anthropic-prod"}.get(slug, slug)
        if slug == "openai":
            fields["baseUrl"] = "https://eu.api.openai.com/v1"
        if slug == "bedrock":
            fields["config"] = {"region": "eu-central-1", "auth": "ambient"}
        if slug == "ollama":
            fields["baseUrl"] = "http://localhost:11434"
        project = "labs" if slug in ("groq", "google", "ollama", "bedrock") else "acme"
        handle = "".join(generator.choice(string.ascii_lowercase) for _ in range(3)) + f"-{number}"
        text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
        repository.write(f"providers/{project}/{handle}.yaml", text)
    repository.commit(PAYLOADS[0] + " " + PAYLOADS[3], author="<script>window.pwned=1</script>")
    return repository
