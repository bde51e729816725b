"""Tests of the folder as a whole: names, sums, signature, bill of materials, reproducibility."""

import filecmp
import json
import re
import shutil
import sys
from pathlib import Path

from artifacts.contents import source_version

from .steps import ROOT, Failure, require, run


def check_names(artifacts):
    """The folder has each artifact once, of the source's version, and nothing else."""
    expected = source_version()
    require(artifacts.version == expected, f"the version is {artifacts.version}, not the source's {expected}")
    known = [
        rf"roster-{re.escape(artifacts.version)}-linux-(x86_64|aarch64)\.tar\.gz",
        rf"roster-{re.escape(artifacts.version)}-oci-(x86_64|aarch64)(\.tar)?",
        r"roster-[0-9a-z.]+-py3-none-manylinux_2_\d+_(x86_64|aarch64)\.whl",
        rf"roster_{re.escape(artifacts.version.replace('-', '~'))}_(amd64|arm64)\.deb",
        r"SHA256SUMS(\.minisig)?", r"sbom\.spdx\.json",
    ]
    names = sorted(path.name for path in artifacts.folder.iterdir())
    for name in names:
        require(any(re.fullmatch(pattern, name) for pattern in known), f"{name} is not an artifact of this version")
    for path in (artifacts.archive, artifacts.wheel, artifacts.debian_package, artifacts.image):
        require(path.is_file(), f"{path} is not a file")
    return f"{len(names)} entries"


def check_sums(artifacts):
    """SHA256SUMS has every file, and sha256sum accepts them."""
    run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=artifacts.folder)
    listed = {line.split("  ", 1)[1] for line in (artifacts.folder / "SHA256SUMS").read_text().splitlines()}
    files = {path.name for path in artifacts.folder.iterdir() if path.is_file()} - {"SHA256SUMS", "SHA256SUMS.minisig"}
    require(listed == files, f"SHA256SUMS and the folder differ in {', '.join(sorted(listed ^ files))}")
    return f"{len(listed)} files"


def check_signature(artifacts):
    """minisign accepts the signature, and refuses it for changed sums."""
    folder, key = artifacts.folder, artifacts.public_key
    if key is None:
        folder, key = sign(artifacts)
    sums, signature = folder / "SHA256SUMS", folder / "SHA256SUMS.minisig"
    run("minisign", "-V", "-p", key, "-m", sums, "-x", signature)
    changed = artifacts.place("changed-sums") / "SHA256SUMS"
    changed.write_bytes(flip(sums.read_bytes(), 10))
    try:
        run("minisign", "-V", "-p", key, "-m", changed, "-x", signature)
    except Failure:
        return "" if folder == artifacts.folder else "signed with a key of this test"
    raise Failure("minisign accepts the signature for changed sums")


def sign(artifacts):
    """Signs a copy of the sums with a new key, and returns its folder and the public key."""
    from artifacts.checksums import sign_checksums
    folder = artifacts.place("signed")
    shutil.copy2(artifacts.folder / "SHA256SUMS", folder)
    secret = make_key(folder)
    sign_checksums(folder, artifacts.version, secret)
    return folder, secret.with_suffix(".pub")


def make_key(folder):
    """Makes a pair of keys without a password, and returns the path of the secret key."""
    secret = folder / "test.key"
    run("minisign", "-G", "-W", "-s", secret, "-p", secret.with_suffix(".pub"))
    return secret


def check_bill_of_materials(artifacts):
    """The SPDX document is valid, and names every resolved package and linked library with a version."""
    path = artifacts.folder / "sbom.spdx.json"
    run(sys.executable, "-m", "spdx_tools.spdx.clitools.pyspdxtools", "-i", path)
    packages = {package["name"]: package for package in json.loads(path.read_text())["packages"]}
    expected = {"roster", "libsodium", "libstdc++", "libyaml", "zlib", "swift-runtime", "glibc", "ca-certificates"}
    expected |= {"swift-nio", "swift-nio-ssl", "swift-argument-parser"}
    require(expected <= set(packages), f"it does not name {', '.join(sorted(expected - set(packages)))}")
    for name, package in packages.items():
        require(re.search(r"\d", package.get("versionInfo", "")), f"{name} has no version")
    require(packages["roster"]["versionInfo"] == artifacts.version, "roster has another version")
    return f"{len(packages)} packages"


def check_reproducible(artifacts, arguments):
    """Packaging the archive's program again writes the same bytes."""
    folder = artifacts.place("again")
    command = [sys.executable, "-B", ROOT / "scripts/releasing/package.py", "--program", artifacts.program]
    run(*command, "--commit", artifacts.commit, *arguments, "--output", folder)
    # A signature needs the secret key of the release.
    expected, actual = tree(artifacts.folder) - {Path("SHA256SUMS.minisig")}, tree(folder)
    require(expected == actual, f"other files: {', '.join(sorted(map(str, expected ^ actual)))}")
    for path in sorted(expected):
        same = filecmp.cmp(artifacts.folder / path, folder / path, shallow=False)
        require(same, f"{path} differs; its bytes depend on more than the release")
    return f"{len(expected)} files are the same"


def tree(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def flip(data, position):
    """Returns the bytes with one bit changed."""
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1:]


def check_damage(artifacts):
    """A changed bit in any file fails the sums, and a truncated or a missing file does too."""
    files = [path for path in sorted(artifacts.folder.iterdir()) if path.is_file() and path.name[:10] != "SHA256SUMS"]
    copy = artifacts.place("damaged")
    lines = {line.split("  ")[1]: line for line in (artifacts.folder / "SHA256SUMS").read_text().splitlines()}
    for path in files:
        data, damaged = path.read_bytes(), copy / path.name
        (copy / "SHA256SUMS").write_text(lines[path.name] + "\n")
        for change in (flip(data, len(data) // 2), data[:-1], None):
            damaged.unlink() if change is None else damaged.write_bytes(change)
            result = run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", cwd=copy, expect=(1,))
            require(path.name in result, f"sha256sum does not name {path.name}")
    return f"{len(files)} files, 3 ways each"
