"""Tests of the OCI image, by skopeo, a registry on loopback, and its root file system."""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tarfile
import time

from artifacts import elf

from . import packages
from .steps import Failure, Skipped, require, run


def check_layout(artifacts):
    """skopeo reads the folder and the tar, which have the same files; the user has no rights."""
    folder = artifacts.image.with_suffix("")
    require(folder.is_dir(), f"there is no folder {folder.name}")
    with tarfile.open(artifacts.image) as archive:
        packed = {m.name: archive.extractfile(m).read() for m in archive.getmembers() if m.isfile()}
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    require(packed == files, "the folder and the tar differ")
    for name, data in files.items():
        if name.startswith("blobs/"):
            require(name.split("/")[-1] == hashlib.sha256(data).hexdigest(), f"{name} has another digest")
    names = [f"oci:{folder}:{artifacts.version}", f"oci-archive:{artifacts.image}:{artifacts.version}"]
    shown = [json.loads(run("skopeo", "inspect", name, quiet=True)) for name in names]
    require(shown[0]["Digest"] == shown[1]["Digest"], "the folder and the tar are other images")
    labels = shown[0]["Labels"]
    require(labels["org.opencontainers.image.revision"] == artifacts.commit, "the label has another commit")
    configuration = json.loads(run("skopeo", "inspect", "--config", names[1], quiet=True))["config"]
    require(configuration["User"] == "65532:65532", f"the user is {configuration['User']}")
    return shown[0]["Digest"][:19]


def check_registry(artifacts):
    """skopeo copies the image to a registry on loopback and back, the same bytes."""
    folder = artifacts.place("registry")
    with run_registry(folder) as address:
        there = f"docker://{address}/roster:{artifacts.version}"
        source = f"oci-archive:{artifacts.image}:{artifacts.version}"
        run("skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false", source, there)
        shown = json.loads(run("skopeo", "inspect", "--tls-verify=false", there, quiet=True))
        back = folder / "back"
        run("skopeo", "--insecure-policy", "copy", "--src-tls-verify=false", there, f"oci:{back}")
    blobs = artifacts.image.with_suffix("") / "blobs/sha256"
    require((blobs / shown["Digest"].removeprefix("sha256:")).exists(), "the registry has another digest")
    for path in blobs.iterdir():
        copied = back / "blobs/sha256" / path.name
        require(copied.exists() and copied.read_bytes() == path.read_bytes(), f"the registry lost {path.name}")


@contextlib.contextmanager
def run_registry(folder):
    """Runs a registry that keeps its images in a folder."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{chosen.getsockname()[1]}"
    configuration = folder / "registry.yaml"
    configuration.write_text(
        f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {folder}/images}}}}\n"
        f"http: {{addr: '{address}'}}\n"
    )
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            ["docker-registry", "serve", configuration], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        host, port = address.split(":")
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
                break
            require(server.poll() is None, f"the registry ended: {log.read_text()}")
            time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def check_root(artifacts):
    """The image has only the program, what it is linked with, certificates and the license; its program serves."""
    root = unpack(artifacts)
    found = {str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()}
    expected = {"etc/ssl/certs/ca-certificates.crt", "usr/local/bin/roster", "usr/share/doc/roster/LICENSE"}
    require(expected <= found, f"it lacks {', '.join(sorted(expected - found))}")
    # glibc loads GCC's support library itself.
    libraries = elf.GLIBC_FAMILY | {"libgcc_s.so.1"}
    others = sorted(path for path in found - expected if path.split("/")[-1] not in libraries)
    if artifacts.is_debug:
        raise Skipped("a debug build is linked with the toolchain, which the image does not have")
    require(not others, f"it has {', '.join(others)}")
    require((root / "usr/local/bin/roster").read_bytes() == artifacts.program.read_bytes(), "another program")
    require((root / "tmp").stat().st_mode & 0o7777 == 0o1777, "/tmp is not writable for its user")
    count = (root / "etc/ssl/certs/ca-certificates.crt").read_text().count("BEGIN CERTIFICATE")
    require(count > 50, f"there are {count} certificates")
    require(os.geteuid() == 0, "running the root file system needs root; run this with sudo")
    registry = root / "registry"
    registry.mkdir()
    example = artifacts.example("for-image")
    run(artifacts.program, "compile", "--repo", example, "-o", registry / "registry.json")
    (registry / "registry.json").chmod(0o644)
    settings = configuration(artifacts)
    user, command = settings["User"], settings["Entrypoint"] + settings["Cmd"]
    # All addresses of this machine are not for a test.
    command[command.index("0.0.0.0")] = "127.0.0.1"
    packages.serve([*packages.enter(root, user), *command])
    return f"{len(found)} files, {count} certificates; ready as {user}"


def configuration(artifacts):
    source = f"oci-archive:{artifacts.image}:{artifacts.version}"
    return json.loads(run("skopeo", "inspect", "--config", source, quiet=True))["config"]


def unpack(artifacts):
    """Returns the root file system, unpacked by tar from the image's only layer."""
    folder = artifacts.image.with_suffix("")
    manifest = json.loads(run("skopeo", "inspect", "--raw", f"oci:{folder}:{artifacts.version}", quiet=True))
    require(len(manifest["layers"]) == 1, f"it has {len(manifest['layers'])} layers")
    root = artifacts.place("image-root")
    layer = folder / "blobs/sha256" / manifest["layers"][0]["digest"].removeprefix("sha256:")
    run("tar", "-xzpf", layer, "--numeric-owner", "-C", root)
    return root


def check_damage(artifacts):
    """skopeo refuses a layer with a changed bit, and tar, pip and dpkg refuse their damaged artifacts."""
    folder = artifacts.place("damaged-image")
    shutil.copytree(artifacts.image.with_suffix(""), folder / "image")
    layer = max((folder / "image/blobs/sha256").iterdir(), key=lambda path: path.stat().st_size)
    damage(layer, layer)
    attacks = [("skopeo", "--insecure-policy", "copy", f"oci:{folder}/image:{artifacts.version}", f"dir:{folder}/copy")]
    for path, command in (
        (artifacts.archive, ("gzip", "--test")),
        (artifacts.wheel, ("unzip", "-tqq")),
        (artifacts.debian_package, ("dpkg-deb", "--fsys-tarfile")),
    ):
        damaged = folder / path.name
        damage(path, damaged)
        attacks.append((*command, damaged))
    for attack in attacks:
        try:
            run(*attack, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, capture_output=False)
        except Failure:
            continue
        raise Failure(f"{attack[0]} accepts a changed bit in {attack[-1]}")
    return f"{len(attacks)} artifacts"


def damage(source, target):
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
