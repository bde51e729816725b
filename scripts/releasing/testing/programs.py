"""Tests of the program and its archive."""

import json
import re
import shutil
import subprocess
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from artifacts import elf

from .steps import ROOT, Skipped, require, run

# The size that a released program must not exceed.
SIZE_LIMIT = 20 * 1024 * 1024
# The pages that name the needed glibc.
PAGES = ("README.md", "RELEASING.md", "scripts/install.sh")


def check_libraries(artifacts):
    """ldd names only libraries of glibc."""
    require_release(artifacts)
    names = set()
    for line in run("ldd", artifacts.program).splitlines():
        name = line.split()[0].split("/")[-1]
        if name != "linux-vdso.so.1":
            names.add(name)
    foreign = sorted(names - elf.GLIBC_FAMILY)
    require(not foreign, f"the program needs {', '.join(foreign)}, which are not of glibc; link them in")
    return ", ".join(sorted(names))


def check_glibc(artifacts):
    """The highest version of a glibc symbol is in the limit, and the pages name the limit."""
    require_release(artifacts)
    symbols = run("objdump", "-T", artifacts.program, quiet=True)
    versions = {tuple(map(int, match.split("."))) for match in re.findall(r"GLIBC_(\d+(?:\.\d+)+)", symbols)}
    require(versions, "objdump shows no symbol of glibc")
    highest, limit = ".".join(map(str, max(versions))), ".".join(map(str, elf.GLIBC_LIMIT))
    require(max(versions) <= elf.GLIBC_LIMIT, f"the program needs glibc {highest}; the documented limit is {limit}")
    tag = f"manylinux_{highest.replace('.', '_')}_"
    require(tag in artifacts.wheel.name, f"{artifacts.wheel.name} is not tagged {tag}, which the program needs")
    for page in PAGES:
        if (ROOT / page).exists():
            for named in re.findall(r"glibc (\d+\.\d+)", (ROOT / page).read_text()):
                require(named == limit, f"{page} names glibc {named}; the limit is {limit}")
    require(f"glibc {limit}" in (ROOT / "RELEASING.md").read_text(), f"RELEASING.md does not name glibc {limit}")
    return f"{highest}, at most {limit}"


def check_size(artifacts):
    """The program is stripped and has at most the documented size."""
    require_release(artifacts)
    size = artifacts.program.stat().st_size
    require(size <= SIZE_LIMIT, f"the program has {size} bytes; at most {SIZE_LIMIT} are allowed")
    sections = run("readelf", "--wide", "--section-headers", artifacts.program, quiet=True)
    require(".symtab" not in sections and ".debug_info" not in sections, "the program is not stripped")
    return f"{size / 1024 / 1024:.2f} MiB"


def check_version(artifacts):
    """The program shows its version, the commit of the SBOM, and its build."""
    shown = run(artifacts.program, "--version").strip()
    require(re.search(rf"(?<![\w.]){re.escape(artifacts.version)}(?![\w.-])", shown), f"it shows {shown!r}")
    if not artifacts.is_debug:
        commits = re.findall(r"\b[0-9a-f]{7,40}\b", shown)
        require(any(artifacts.commit.startswith(commit) for commit in commits),
                f"it shows {shown!r}, without the commit {artifacts.commit[:12]} of sbom.spdx.json")
    return shown


def check_archive(artifacts):
    """The archive has exactly the documented files, owned by root, and one program called roster."""
    top = artifacts.archive.name.removesuffix(".tar.gz")
    expected = {
        "": 0o755, "/LICENSE": 0o644, "/completions": 0o755, "/completions/_roster": 0o644,
        "/completions/roster.bash": 0o644, "/completions/roster.fish": 0o644, "/man": 0o755, "/man/man1": 0o755,
        "/man/man1/roster.1": 0o644, "/roster": 0o755,
    }
    with tarfile.open(artifacts.archive) as archive:
        members = archive.getmembers()
    found = {member.name: member.mode for member in members}
    require(found == {top + path: mode for path, mode in expected.items()}, f"other members or modes: {found}")
    require([member.name for member in members] == sorted(found), "the members are not in order")
    owners = {(member.uid, member.gid, member.uname, member.gname, member.mtime) for member in members}
    require(len(owners) == 1 and min(owners)[:4] == (0, 0, "root", "root"), f"several owners or times: {owners}")
    require((artifacts.unpacked / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes(), "another LICENSE")
    return f"{len(members)} members"


def check_pages(artifacts):
    """mandoc accepts the manual page, and each shell parses its completions."""
    page = artifacts.unpacked / "man/man1/roster.1"
    warnings = run("mandoc", "-T", "lint", "-W", "warning", page)
    require(not warnings, f"mandoc warns: {warnings}")
    # A bold letter is printed twice, with a backspace between.
    text = re.sub(r".\x08", "", run("mandoc", "-T", "ascii", page))
    for command in ("check", "compile", "diff", "serve", "secret set", "token revoke"):
        require(re.search(rf"^ +roster {command}$", text, re.MULTILINE), f"the page does not describe {command}")
    completions = artifacts.unpacked / "completions"
    script = f'. "{completions}/roster.bash" && complete -p roster'
    require("roster" in run("bash", "--norc", "-c", script), "bash registers no completion")
    parsed = ["bash"]
    for shell, file in (("zsh", "_roster"), ("fish", "roster.fish")):
        if shutil.which(shell):
            run(shell, "-n", completions / file)
            parsed.append(shell)
    return f"completions parsed by {', '.join(parsed)}"


def check_example(artifacts):
    """The program checks and compiles the example, the same bytes twice, from an empty environment."""
    folder = artifacts.example("example")
    for name in ("one.json", "two.json"):
        run(artifacts.program, "compile", "--repo", folder, "-o", folder / name, env={})
    require((folder / "one.json").read_bytes() == (folder / "two.json").read_bytes(), "two registries differ")
    return run(artifacts.program, "check", "--strict", "--repo", folder, env={}).strip()


def check_import(artifacts):
    """The program reads values in quotes: an optimizer once read the place after a quote before it was passed."""
    folder = artifacts.example("import")
    (folder / "keys.env").write_text("OPENAI_API_KEY='sk-made-up'\nOPENAI_BASE_URL=\"https://llm.example.com/v1\"\n")
    output = run(
        artifacts.program, "import", "env", folder / "keys.env", "--repo", folder, "--project", "labs",
        "--model", "openai=gpt-5.6", "--dry-run", env={},
    )
    require("+baseUrl: https://llm.example.com/v1\n" in output, f"the value is not taken: {output}")
    return "values in quotes are taken"


def check_models(artifacts):
    """The program asks several providers at the same time: an optimizer once lost the results of most."""
    folder = artifacts.example("models")
    for file in folder.glob("providers/*/*.yaml"):
        file.unlink()
    names = [f"labs/local-{number}" for number in range(8)]
    with ThreadingHTTPServer(("127.0.0.1", 0), ModelList) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for number, name in enumerate(names):
            (folder / f"providers/{name}.yaml").write_text(
                f"id: aip_{number:016}\nname: Local {number}\nprovider: ollama\ndefaultModel: m\n"
                f"baseUrl: http://127.0.0.1:{server.server_port}\n"
            )
        output = run(artifacts.program, "models", "--all", "--check", "--format", "json", "--repo", folder, env={})
        server.shutdown()
    verdicts = [(row["provider"], row["verdict"]) for row in json.loads(output)]
    require(verdicts == [(name, "served") for name in names], f"other verdicts: {verdicts}")
    return f"{len(names)} verdicts, in order"


def check_arguments(artifacts):
    """The program has its arguments where there is no /proc: it once printed its help text, and succeeded."""
    hiding = ["unshare", "--mount", "--map-root-user", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"]
    if subprocess.run([*hiding, "true"], stderr=subprocess.DEVNULL).returncode:
        raise Skipped("this machine allows no name spaces of mounts")
    folder = artifacts.example("arguments")
    shown = run(*hiding, artifacts.program, "check", "--strict", "--repo", folder, env={}).strip()
    require(shown.startswith("checked "), f"it shows {shown[:100]!r}")
    return shown


class ModelList(BaseHTTPRequestHandler):
    """A server of models that lists one."""

    def do_GET(self):
        body = b'{"models": [{"name": "m", "model": "m"}]}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def require_release(artifacts):
    if artifacts.is_debug:
        raise Skipped("a debug build is linked with the toolchain")
