"""The wheel for pip, uv, pipx and pre-commit: the program as a script, and no Python code."""

import base64
import hashlib
import time
import zipfile

from .contents import SUMMARY

WHEEL = "Wheel-Version: 1.0\nGenerator: roster\nRoot-Is-Purelib: false\nTag: {tag}\n"


def make_wheel(release, output):
    """Writes roster-VERSION-py3-none-manylinux_2_NN_ARCHITECTURE.whl, where NN is the glibc that the program needs."""
    # Older versions of pip know no tag below 2.17.
    glibc = max(release.linkage.glibc, (2, 17))
    tag = f"py3-none-manylinux_{'_'.join(map(str, glibc))}_{release.architecture}"
    # Python writes the pre-release of 1.2.3-rc.1 as 1.2.3rc1.
    version = release.version.replace("-", "").replace("rc.", "rc")
    folder = f"roster-{version}.dist-info"
    files = {
        f"roster-{version}.data/scripts/roster": (release.binary, 0o755),
        f"{folder}/METADATA": (metadata(release, version).encode(), 0o644),
        f"{folder}/WHEEL": (WHEEL.format(tag=tag).encode(), 0o644),
        f"{folder}/licenses/LICENSE": (release.license, 0o644),
    }
    record = "".join(f"{path},sha256={digest(data)},{len(data)}\n" for path, (data, _) in files.items())
    files[f"{folder}/RECORD"] = (f"{record}{folder}/RECORD,,\n".encode(), 0o644)
    # A zip file has no time before 1980.
    moment = time.gmtime(max(release.epoch, 315532800))[:6]
    with zipfile.ZipFile(output / f"roster-{version}-{tag}.whl", "w") as wheel:
        for path, (data, mode) in files.items():
            info = zipfile.ZipInfo(path, moment)
            info.create_system, info.external_attr = 3, (0o100000 | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(info, data, compresslevel=1 if release.fast else 9)


def metadata(release, version):
    source = f"Project-URL: Source, {release.source}\n" if release.source else ""
    return (
        f"Metadata-Version: 2.4\nName: roster\nVersion: {version}\nSummary: {SUMMARY}\n"
        f"License-Expression: Apache-2.0\nLicense-File: LICENSE\nRequires-Python: >=3.8\n{source}"
        "Description-Content-Type: text/markdown\n\n"
        "The command-line program `roster`, for environments that install programs from wheels.\n"
    )


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
