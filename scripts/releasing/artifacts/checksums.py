"""The digests of the artifacts, and their signature."""

import hashlib
import shutil
import subprocess

from .contents import fail


def make_checksums(output):
    """Writes SHA256SUMS, as sha256sum does, of every other file of the folder."""
    kept = {"SHA256SUMS", "SHA256SUMS.minisig"}
    files = sorted(path for path in output.iterdir() if path.is_file() and path.name not in kept)
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (output / "SHA256SUMS").write_text("".join(lines))


def sign_checksums(output, version, key):
    """Writes SHA256SUMS.minisig with a secret key of minisign that has no password."""
    if not shutil.which("minisign"):
        fail("minisign is not installed; install it, or package without --minisign-key")
    if not key.is_file():
        fail(f"there is no key {key}; make one: minisign -G -W -s {key} -p {key}.pub")
    # The comment of minisign's own has the time of day.
    command = ["minisign", "-S", "-s", key, "-m", "SHA256SUMS", "-t", f"roster {version}"]
    result = subprocess.run(command, cwd=output, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode:
        (output / "SHA256SUMS.minisig").unlink(missing_ok=True)
        reason = (result.stderr or result.stdout).strip()
        fail(f"minisign cannot sign with {key}: {reason}. The key must be a secret key without a password")
