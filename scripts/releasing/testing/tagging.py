"""Follows the steps of RELEASING.md on a remote on this machine: a signed tag, its artifacts, and the commit of digests."""

import re
import subprocess
import sys

from .files import make_key
from .steps import ROOT, require, run

DIGESTS = "deploy/github/SHA256SUMS"


def check_tag(artifacts):
    """A release goes from a merge commit to a tag, joined artifacts, and digests that install.sh accepts."""
    folder = artifacts.place("tagging")
    remote, author, builder = (folder / name for name in ("remote.git", "author", "builder"))
    run("git", "clone", "--quiet", "--bare", ROOT, remote)
    run("git", "--git-dir", remote, "update-ref", "refs/heads/release-test", artifacts.commit)
    run("git", "clone", "--quiet", "--branch", "release-test", remote, author)
    git = signing_git(folder, author)

    # Once for a repository: the key of the signatures.
    secret = make_key(folder)
    (author / "deploy/minisign.pub").write_bytes(secret.with_suffix(".pub").read_bytes())
    git("add", "deploy/minisign.pub")
    git("commit", "--quiet", "--message", "Add the public key of releases")

    tag = f"v{artifacts.version}"
    git("tag", "--sign", "--message", f"Roster {artifacts.version}", tag)
    git("verify-tag", tag)
    git("push", "--quiet", "origin", "HEAD:release-test", tag)

    # The workflow works in a clone of the tag.
    run("git", "clone", "--quiet", "--branch", tag, remote, builder)
    release = folder / "release"
    run(
        sys.executable, "-B", builder / "scripts/releasing/join.py", "--version", artifacts.version, "--output", release,
        "--minisign-key", secret, "--notes", folder / "notes.md", artifacts.folder,
    )
    run("minisign", "-V", "-q", "-p", builder / "deploy/minisign.pub", "-m", "SHA256SUMS", cwd=release)
    run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=release)

    lines = [line for line in (release / "SHA256SUMS").read_text().splitlines() if line.endswith(".tar.gz")]
    require(len(lines) == 1 and re.fullmatch(r"[0-9a-f]{64}  \S+", lines[0]), f"SHA256SUMS has {len(lines)} archives")
    with open(author / DIGESTS, "a") as digests:
        digests.write(lines[0] + "\n")
    git("commit", "--quiet", "--all", "--message", f"Name the digests of {tag}")
    git("push", "--quiet", "origin", "HEAD:release-test")
    action = run("git", "--git-dir", remote, "rev-parse", "release-test").strip()
    pinned = run("git", "--git-dir", remote, "show", f"{action}:{DIGESTS}")
    require(lines[0] in pinned, f"the action at {action} does not name the archive")
    return f"{tag} is signed and pushed, and the action at {action[:12]} names its archive"


def signing_git(folder, repository):
    """Returns a function that runs git in a clone, with a new key of SSH as the author's signature."""
    key = folder / "author"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{key}.key"], check=True)
    name, address = "Release test", "release@example.org"
    public = " ".join((folder / "author.key.pub").read_text().split()[:2])
    (folder / "signers").write_text(f"{address} {public}\n")
    settings = {
        "user.name": name, "user.email": address, "user.signingkey": f"{key}.key.pub", "gpg.format": "ssh",
        "gpg.ssh.allowedSignersFile": folder / "signers", "commit.gpgsign": "false",
    }
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    return lambda *arguments: run("git", *options, "-C", repository, *arguments)
