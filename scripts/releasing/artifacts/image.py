"""The OCI image, made without a daemon: the program, the libraries of glibc that it needs, and CA certificates.

There is no shell and no package manager in it, and its user has no name and no rights.
"""

import hashlib
import json
import re
import shutil
import subprocess
import time
from pathlib import Path

from .contents import SUMMARY, File, fail, tar

# The certificates of Debian's package; /etc/ssl/certs may have more, of this machine only.
CERTIFICATES = Path("/usr/share/ca-certificates/mozilla")
BUNDLE = "etc/ssl/certs/ca-certificates.crt"
USER = "65532:65532"
TYPES = "application/vnd.oci.image"


def make_image(release, output):
    """Writes the layout as a folder and as a tar: roster-VERSION-oci-ARCHITECTURE and .tar."""
    layer = tar(root_files(release), release.epoch)
    blobs, compressed = {}, release.gzip(layer)
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(release.epoch))
    labels = {
        "org.opencontainers.image.created": moment,
        "org.opencontainers.image.description": SUMMARY,
        "org.opencontainers.image.licenses": "Apache-2.0",
        "org.opencontainers.image.revision": release.commit,
        "org.opencontainers.image.title": "roster",
        "org.opencontainers.image.version": release.version,
    }
    if release.source:
        labels["org.opencontainers.image.source"] = release.source
    configuration = {
        "architecture": release.debian_architecture,
        "config": {
            # The same as deploy/Dockerfile; the registry is mounted at /registry.
            "Cmd": ["serve", "--registry", "/registry/registry.json", "--host", "0.0.0.0"],
            "Entrypoint": ["/usr/local/bin/roster"],
            "Env": ["PATH=/usr/local/bin"],
            "ExposedPorts": {"4100/tcp": {}},
            "Labels": labels,
            "StopSignal": "SIGTERM",
            "User": USER,
            "WorkingDir": "/",
        },
        "created": moment,
        "history": [{"created": moment, "created_by": "scripts/release"}],
        "os": "linux",
        "rootfs": {"diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"], "type": "layers"},
    }
    manifest = {
        "annotations": labels,
        "config": add(blobs, encode(configuration), "config.v1+json"),
        "layers": [add(blobs, compressed, "layer.v1.tar+gzip")],
        "mediaType": f"{TYPES}.manifest.v1+json",
        "schemaVersion": 2,
    }
    entry = add(blobs, encode(manifest), "manifest.v1+json")
    entry["annotations"] = {"org.opencontainers.image.ref.name": release.version}
    entry["platform"] = {"architecture": release.debian_architecture, "os": "linux"}
    files = {
        "index.json": encode({"manifests": [entry], "mediaType": f"{TYPES}.index.v1+json", "schemaVersion": 2}),
        "oci-layout": encode({"imageLayoutVersion": "1.0.0"}),
        **{f"blobs/sha256/{digest}": data for digest, data in blobs.items()},
    }
    folder = output / f"roster-{release.version}-oci-{release.architecture}"
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    archive = tar({path: File(data) for path, data in files.items()}, release.epoch)
    folder.with_name(folder.name + ".tar").write_bytes(archive)


def add(blobs, data, kind):
    """Adds a blob, and returns its descriptor."""
    digest = hashlib.sha256(data).hexdigest()
    blobs[digest] = data
    return {"digest": f"sha256:{digest}", "mediaType": f"{TYPES}.{kind}", "size": len(data)}


def encode(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def root_files(release):
    files = {
        BUNDLE: File(certificates()),
        "tmp": File(mode=0o1777, is_folder=True),
        "usr/local/bin/roster": File(release.binary, 0o755),
        "usr/share/doc/roster/LICENSE": File(release.license),
    }
    for path in linked_libraries(release):
        files[path.lstrip("/")] = File(Path(path).read_bytes(), 0o755)
    return files


def certificates():
    """Returns every certificate of the package ca-certificates, in the order of their names."""
    files = sorted(CERTIFICATES.glob("*.crt"))
    if not files:
        fail(f"there are no certificates in {CERTIFICATES}; install ca-certificates")
    return b"".join(path.read_bytes().rstrip(b"\n") + b"\n" for path in files)


def linked_libraries(release):
    """Returns the paths of the loader and the libraries that the program is linked with, on this machine."""
    if release.linkage.interpreter is None:
        return []
    result = subprocess.run(["ldd", release.program], capture_output=True, text=True)
    if result.returncode:
        fail(f"ldd cannot read {release.program}; package on a machine of its architecture: {result.stderr.strip()}")
    found = dict(re.findall(r"^\s*(\S+) => (/\S+)", result.stdout, re.MULTILINE))
    missing = [name for name in release.linkage.libraries if name not in found]
    if missing := [name for name in missing if not release.linkage.interpreter.endswith(name)]:
        fail(f"{', '.join(missing)} of the program is not on this machine; install it")
    # The libraries of the toolchain are at its own place: such a program, a debug build, is only for tests.
    system = {path for path in found.values() if path.startswith(("/lib/", "/lib64/", "/usr/lib/"))}
    # glibc loads GCC's support library itself when a thread ends, and aborts the program without it.
    support = Path(found["libc.so.6"]).parent / "libgcc_s.so.1"
    if not support.is_file():
        fail(f"there is no {support}, which glibc needs; install libgcc-s1")
    return sorted({release.linkage.interpreter, *system, str(support)})
