"""Tests of the workflow of a release, and of its last stage: join.py compares, joins and signs what others built."""

import shutil
import sys

from .files import flip, make_key
from .steps import ROOT, Failure, require, run


def check_join(artifacts):
    """The artifacts are joined and signed; a changed file, another version and another key are refused."""
    folder = artifacts.place("join")
    secret = make_key(folder)
    built = folder / "built"
    shutil.copytree(artifacts.folder, built)

    def join(output, version=artifacts.version, key=secret, public=secret.with_suffix(".pub")):
        return run(
            sys.executable, "-B", ROOT / "scripts/releasing/join.py", "--version", version, "--output", folder / output,
            "--minisign-key", key, "--public-key", public, "--notes", folder / "notes.md", built,
        )

    join("release")
    run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=folder / "release")
    listed = sorted(path.name for path in (folder / "release").iterdir())
    require("SHA256SUMS.minisig" in listed and artifacts.wheel.name in listed, f"it has only {', '.join(listed)}")
    require((folder / "notes.md").read_text().strip(), "the notes are empty")
    shutil.copy2(secret, folder / "first.key")
    for path in (secret, secret.with_suffix(".pub")):
        path.unlink()
    make_key(folder)
    expect_refusal("another key", "is not that of", lambda: join("other-key", key=folder / "first.key"))
    expect_refusal("another version", "tag", lambda: join("other-version", version="99.0.0"))
    wheel = built / artifacts.wheel.name
    wheel.write_bytes(flip(wheel.read_bytes(), 1000))
    expect_refusal("a changed file", "not the file", lambda: join("changed"))
    wheel.unlink()
    expect_refusal("a missing file", "missing", lambda: join("missing"))
    return f"{len(listed)} files, 4 refusals"


def expect_refusal(attack, sentence, action):
    try:
        action()
    except Failure as refusal:
        require(sentence in str(refusal), f"{attack}: {refusal}")
        return
    raise Failure(f"join.py accepts {attack}")


def check_workflow(artifacts):
    """zizmor finds nothing in the workflow, it follows GitHub's schema, and every action and image is pinned."""
    workflow = ROOT / ".github/workflows/release.yaml"
    run("zizmor", "--offline", "--quiet", "--persona", "pedantic", workflow)
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", workflow)
    linters = ["zizmor", "check-jsonschema"]
    if shutil.which("actionlint"):
        run("actionlint", workflow)
        linters.append("actionlint")
    return ", ".join(linters)
