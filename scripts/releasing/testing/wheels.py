"""Tests of the wheel, by the tools that install it."""

import os
import subprocess
import sys
import time
import zipfile

from .steps import Failure, plain_environment, require, run

# The longest time of the first run of pre-commit, and of a later one, in seconds.
COLD, WARM = 20.0, 0.5


def check_wheel(artifacts):
    """The wheel has the program as a script, no Python code, and sound checksums."""
    with zipfile.ZipFile(artifacts.wheel) as wheel:
        require(wheel.testzip() is None, "a member has another checksum")
        names = wheel.namelist()
        scripts = [name for name in names if name.endswith(".data/scripts/roster")]
        require(len(scripts) == 1, f"it has {len(scripts)} scripts")
        require(not [name for name in names if name.endswith((".py", ".pyc"))], "it has Python code")
        require(wheel.getinfo(scripts[0]).external_attr >> 16 == 0o100755, "the script is not executable")
        require(wheel.read(scripts[0]) == artifacts.program.read_bytes(), "it has another program than the archive")
    return artifacts.wheel.name


def check_pip(artifacts):
    """pip installs the wheel without an index into a fresh environment, and removes it."""
    folder = artifacts.place("pip")
    run(sys.executable, "-m", "venv", "--without-pip", folder, env=plain_environment())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin/python"]
    run(*pip, "install", "--quiet", "--no-index", artifacts.wheel, env=plain_environment())
    started(artifacts, folder / "bin/roster")
    run(*pip, "check", env=plain_environment())
    run(*pip, "uninstall", "--quiet", "--yes", "roster", env=plain_environment())
    require(not (folder / "bin/roster").exists(), "pip uninstall leaves the program")


def check_uv(artifacts):
    """uv installs the wheel without an index into a fresh environment."""
    folder = artifacts.place("uv")
    environment = plain_environment(UV_CACHE_DIR=str(folder / "cache"), UV_OFFLINE="1")
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "venv", "--quiet", "--python", sys.executable, folder / "env", env=environment)
    target = ["--python", folder / "env/bin/python"]
    run(*uv, "pip", "install", "--quiet", "--no-index", *target, artifacts.wheel, env=environment)
    started(artifacts, folder / "env/bin/roster")


def check_pipx(artifacts):
    """pipx installs the wheel as an application."""
    folder = artifacts.place("pipx")
    environment = plain_environment(PIPX_HOME=str(folder / "home"), PIPX_BIN_DIR=str(folder / "bin"))
    run(sys.executable, "-m", "pipx", "install", "--quiet", artifacts.wheel, env=environment)
    started(artifacts, folder / "bin/roster")


def started(artifacts, program):
    require(os.access(program, os.X_OK), f"{program} is not there, or not executable")
    shown = run(program, "--version")
    require(artifacts.version in shown, f"it shows {shown.strip()!r}")


def check_pre_commit(artifacts):
    """pre-commit runs the wheel's program as a hook of language python, fast, and refuses a broken file."""
    folder = artifacts.example("hooked")
    (folder / ".pre-commit-config.yaml").write_text(f"""\
repos:
  - repo: local
    hooks:
      - id: roster-check
        name: roster check
        entry: roster check --strict --staged
        language: python
        additional_dependencies: ["roster @ {artifacts.wheel.resolve().as_uri()}"]
        always_run: true
        pass_filenames: false
""")
    environment = plain_environment(
        PRE_COMMIT_HOME=str(artifacts.place("pre-commit")), GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull
    )
    for command in (["init", "--quiet"], ["add", "--all"]):
        run("git", *command, cwd=folder, env=environment)

    def hook(expect):
        started_at = time.monotonic()
        output = run(sys.executable, "-m", "pre_commit", "run", cwd=folder, env=environment, expect=(expect,))
        return time.monotonic() - started_at, output

    cold, output = hook(0)
    require("Passed" in output, output)
    warm = min(hook(0)[0] for _ in range(10))
    require(cold <= COLD, f"the first run takes {cold:.1f} s, more than {COLD:.0f} s")
    require(warm <= WARM, f"a later run takes {warm:.2f} s, more than {WARM} s")
    broken = next(folder.glob("providers/*/*.yaml"))
    broken.write_text(broken.read_text() + "unknown: 1\n")
    subprocess.run(["git", "add", "--all"], cwd=folder, env=environment, check=True)
    _, output = hook(1)
    if "unknown" not in output:
        raise Failure(f"the hook does not name the mistake: {output}")
    return f"first run {cold:.1f} s, later {warm:.2f} s"
