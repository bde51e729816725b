"""The Debian package: the program, its manual page and completions, a systemd unit with its user, and /etc/roster."""

import gzip
import hashlib
import io
import lzma
import os
import re
import time

from . import manual_page
from .contents import ROOT, SUMMARY, File, fail, tar

DEPLOY = ROOT / "deploy"
DESCRIPTION = """\
 Providers and secrets are YAML files that are changed by pull request. Roster
 validates them, reviews changes, compiles them into one reproducible JSON
 registry, and serves it over HTTP.
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: roster
{source}
Files: *
Copyright: {year} The Roster authors
License: Apache-2.0
 On Debian systems, the license is in /usr/share/common-licenses/Apache-2.0.
Comment:
 The program contains libyaml (MIT), libsodium (ISC), zlib (Zlib), the Swift
 runtime (Apache-2.0 with the Runtime Library Exception), libstdc++ (GPL-3 with
 the GCC Runtime Library Exception), and the Swift packages that sbom.spdx.json
 of the release names.
"""


def make_package(release, output):
    """Writes roster_VERSION_ARCHITECTURE.deb."""
    files = installed_files(release)
    preset = 0 if release.fast else 6
    members = {
        "debian-binary": b"2.0\n",
        "control.tar.xz": lzma.compress(control_archive(release, files), preset=preset),
        "data.tar.xz": lzma.compress(tar(files, release.epoch, prefix="./", has_top=True), preset=preset),
    }
    version = debian_version(release.version)
    (output / f"roster_{version}_{release.debian_architecture}.deb").write_bytes(ar(members, release.epoch))


def debian_version(version):
    """Returns a version that Debian orders as Semantic Versioning does: 1.0.0~rc.1 is before 1.0.0."""
    return version.replace("-", "~")


def maintainer():
    """Returns the name and address of the packager, which Debian's tools read from the same variables."""
    name, address = os.environ.get("DEBFULLNAME"), os.environ.get("DEBEMAIL")
    return f"{name or 'The Roster authors'} <{address or 'roster@example.org'}>"


def installed_files(release):
    year = time.gmtime(release.epoch).tm_year
    source = f"Source: {release.source}\n" if release.source else ""
    documents = "usr/share/doc/roster"
    return {
        "etc/roster/roster.conf": deployed("debian/roster.conf"),
        "usr/bin/roster": File(release.binary, 0o755),
        "usr/lib/systemd/system/roster.service": File(unit().encode()),
        "usr/share/bash-completion/completions/roster": File(release.completions["bash"]),
        f"{documents}/changelog.gz": File(compress(changelog(release).encode())),
        f"{documents}/copyright": File(COPYRIGHT.format(source=source, year=year).encode()),
        "usr/share/fish/vendor_completions.d/roster.fish": File(release.completions["fish"]),
        "usr/share/lintian/overrides/roster": deployed("debian/lintian-overrides"),
        "usr/share/man/man1/roster.1.gz": File(compress(manual_page.make_manual_page(release))),
        "usr/share/zsh/vendor-completions/_roster": File(release.completions["zsh"]),
    }


def compress(text):
    """Returns a page as Debian requires it, also in tests."""
    return gzip.compress(text, 9, mtime=0)


def deployed(path, mode=0o644):
    return File((DEPLOY / path).read_bytes(), mode)


def unit():
    """Returns deploy/roster.service with the package's program, its user, and arguments from /etc/roster."""
    text = (DEPLOY / "roster.service").read_text()
    changes = [
        (r"\A(?:#.*\n)*", "# Serves a registry with the settings in /etc/roster/roster.conf.\n"),
        (r"^After=", "Documentation=man:roster(1)\nAfter="),
        (r"^ExecStart=.*$", "EnvironmentFile=/etc/roster/roster.conf\n"
                            "ExecStart=/usr/bin/roster serve --log-format json $ROSTER_SERVE"),
        (r"^DynamicUser=yes$", "User=roster\nGroup=roster"),
        # The clone may be elsewhere, and everything is read-only anyway.
        (r"^ReadOnlyPaths=.*\n", ""),
    ]
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        if not count:
            fail(f"deploy/roster.service has no line {pattern}; change it or scripts/releasing/artifacts/debian.py")
    return text


def changelog(release):
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(release.epoch))
    return (
        f"roster ({debian_version(release.version)}) stable; urgency=medium\n\n"
        f"  * Release {release.version}. CHANGELOG.md of the project lists its changes.\n\n -- {maintainer()}  {date}\n"
    )


def control_archive(release, files):
    installed = sum((len(file.data) + 1023) // 1024 for file in files.values())
    homepage = f"Homepage: {release.source}\n" if release.source else ""
    glibc = ".".join(map(str, release.linkage.glibc))
    gcc = ", libgcc-s1" if "libgcc_s.so.1" in release.linkage.libraries else ""
    control = (
        f"Package: roster\nVersion: {debian_version(release.version)}\nArchitecture: {release.debian_architecture}\n"
        f"Maintainer: {maintainer()}\nInstalled-Size: {installed}\nDepends: libc6 (>= {glibc}){gcc}, passwd\n"
        f"Recommends: ca-certificates, git\nSection: utils\nPriority: optional\n{homepage}"
        f"Description: {SUMMARY[0].lower() + SUMMARY[1:]}\n{DESCRIPTION}"
    )
    sums = "".join(f"{hashlib.md5(file.data).hexdigest()}  {path}\n" for path, file in sorted(files.items()))
    scripts = {name: deployed(f"debian/{name}", 0o755) for name in ("postinst", "postrm", "prerm")}
    members = {
        "conffiles": File(b"/etc/roster/roster.conf\n"),
        "control": File(control.encode()),
        "md5sums": File(sums.encode()),
        **scripts,
    }
    return tar(members, release.epoch, prefix="./", has_top=True)


def ar(members, epoch):
    """Returns an archive of the format of deb(5)."""
    output = io.BytesIO(b"!<arch>\n")
    output.seek(0, io.SEEK_END)
    for name, data in members.items():
        output.write(f"{name:<16}{epoch:<12}{0:<6}{0:<6}{0o100644:<8o}{len(data):<10}`\n".encode())
        output.write(data + b"\n" * (len(data) % 2))
    return output.getvalue()
