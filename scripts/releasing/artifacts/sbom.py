"""The bill of materials in SPDX 2.3: the packages that the program is made of, with the versions of this build."""

import json
import re
import subprocess
import time
import uuid
from pathlib import Path

from .contents import ROOT, fail

# The static libraries that are linked in: name, Debian package (or a file of it), license.
STATIC_LIBRARIES = [
    ("libsodium", "libsodium-dev", "ISC"),
    ("libstdc++", "/usr/lib/gcc/*/*/libstdc++.a", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("libyaml", "libyaml-dev", "MIT"),
    ("zlib", "zlib1g-dev", "Zlib"),
]
# What the image has in addition to the program.
IMAGE_PACKAGES = [
    ("ca-certificates", "ca-certificates", "MPL-2.0 AND GPL-2.0-or-later"),
    ("glibc", "libc6", "LGPL-2.1-or-later AND GPL-2.0-or-later"),
    ("libgcc", "libgcc-s1", "GPL-3.0-or-later WITH GCC-exception-3.1"),
]


def make_bill_of_materials(release, output, resolved):
    """Writes sbom.spdx.json. It names no architecture: all of a release are built from the same packages."""
    program = {
        "SPDXID": "SPDXRef-roster",
        "copyrightText": "NOASSERTION",
        "downloadLocation": f"git+{release.source}@{release.commit}" if release.source else "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "Apache-2.0",
        "licenseDeclared": "Apache-2.0",
        "name": "roster",
        "primaryPackagePurpose": "APPLICATION",
        "sourceInfo": f"built from commit {release.commit}",
        "supplier": "Organization: The Roster authors",
        "versionInfo": release.version,
    }
    swift = swift_packages(resolved)
    static = [debian_package(*library) for library in STATIC_LIBRARIES] + [swift_runtime()]
    image = [debian_package(*package, comment="Only in the OCI image.") for package in IMAGE_PACKAGES]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-roster")]
    relations += [("SPDXRef-roster", "STATIC_LINK", package["SPDXID"]) for package in swift + static]
    relations += [("SPDXRef-roster", "DEPENDS_ON", package["SPDXID"]) for package in image]
    name = f"roster-{release.version}"
    document = {
        "SPDXID": "SPDXRef-DOCUMENT",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(release.epoch)),
            "creators": ["Organization: The Roster authors", f"Tool: scripts/release-{release.version}"],
        },
        "dataLicense": "CC0-1.0",
        "documentNamespace": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{name}/{release.commit}/{release.epoch}')}",
        "name": name,
        "packages": sorted([program, *swift, *static, *image], key=lambda package: package["SPDXID"]),
        "relationships": [
            {"relatedSpdxElement": related, "relationshipType": kind, "spdxElementId": element}
            for element, kind, related in sorted(relations)
        ],
        "spdxVersion": "SPDX-2.3",
    }
    (output / "sbom.spdx.json").write_text(json.dumps(document, indent=2, sort_keys=True) + "\n")


def package(identity, version, license, location, *, reference=None, comment=None):
    entry = {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", identity.replace("+", "p")),
        "copyrightText": "NOASSERTION",
        "downloadLocation": location,
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": license,
        "name": identity,
        "primaryPackagePurpose": "LIBRARY",
        "supplier": "NOASSERTION",
        "versionInfo": version,
    }
    if comment:
        entry["comment"] = comment
    if reference:
        entry["externalRefs"] = [
            {"referenceCategory": "PACKAGE-MANAGER", "referenceLocator": reference, "referenceType": "purl"}
        ]
    return entry


def swift_packages(resolved):
    """Returns the packages of Package.resolved, or of the workspace-state.json of a build."""
    try:
        document = json.loads(resolved.read_text())
        pins = document["pins"] if "pins" in document else [
            {**item["packageRef"], "state": item["state"]["checkoutState"]}
            for item in document["object"]["dependencies"]
        ]
        packages = []
        for pin in sorted(pins, key=lambda pin: pin["identity"]):
            location, state = pin["location"], pin["state"]
            version = state.get("version", state["revision"])
            address = re.sub(r"^https://|\.git$", "", location)
            packages.append(package(
                pin["identity"], version, license_of(resolved.parent, pin["identity"]),
                f"git+{location}@{state['revision']}", reference=f"pkg:swift/{address}@{version}",
            ))
            packages += bundled_boringssl(resolved.parent, pin["identity"])
        return packages
    except (OSError, ValueError, KeyError) as error:
        fail(f"{resolved} does not name the resolved packages ({error!r}); build first, or give --resolved FILE")


def checkout(build, identity):
    """Returns the folder of a package's source, which is in the folder of the build."""
    for folder in (build / "checkouts", ROOT / ".build-release/checkouts", ROOT / ".build/checkouts"):
        if (folder / identity).is_dir():
            return folder / identity
    fail(f"the source of {identity} is in no build folder; build first")


def license_of(build, identity):
    for path in sorted(checkout(build, identity).glob("LICENSE*")):
        text = path.read_text(errors="replace")
        if "Apache License" in text and "Version 2.0" in text:
            return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in text else "Apache-2.0"
    return "NOASSERTION"


def bundled_boringssl(build, identity):
    """Returns the copy of BoringSSL in a package, by the revision that the package notes."""
    for path in sorted(checkout(build, identity).glob("Sources/*BoringSSL/hash.txt")):
        if match := re.search(r"(https://\S+) at revision ([0-9a-f]{40})", path.read_text()):
            return [package(
                f"boringssl-of-{identity}", match[2], "NOASSERTION", f"git+{match[1]}@{match[2]}",
                comment=f"A copy in {identity}.",
            )]
    return []


def debian_package(name, owner, license, comment=None):
    """Returns the installed Debian or Ubuntu package that a library is from."""
    if owner.startswith("/"):
        files = sorted(Path("/").glob(owner[1:]), key=lambda path: int(re.match(r"\d+", path.parent.name)[0]))
        if not files:
            fail(f"{name} is not on this machine ({owner}); install it: scripts/install release")
        owner = query("--search", str(files[-1])).split(":")[0]
    version = query("--show", "--showformat=${source:Version}", owner)
    system = re.search(r"^ID=\"?(\w+)", Path("/etc/os-release").read_text(), re.MULTILINE)[1]
    reference = f"pkg:deb/{system}/{owner.replace('+', '%2B')}@{version.replace('+', '%2B').replace(':', '%3A')}"
    return package(name, version, license, "NOASSERTION", reference=reference, comment=comment)


def query(*arguments):
    try:
        return subprocess.run(["dpkg-query", *arguments], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        fail(f"the package of {arguments[-1]} is not installed; install it: scripts/install release")


def swift_runtime():
    try:
        shown = subprocess.run(["swift", "--version"], check=True, capture_output=True, text=True).stdout
        version = re.search(r"Swift version (\S+)", shown)[1]
    except (OSError, subprocess.CalledProcessError, TypeError):
        fail("swift --version does not name a version; install the toolchain that built the program")
    location = f"git+https://github.com/swiftlang/swift@swift-{version}-RELEASE"
    return package("swift-runtime", version, "Apache-2.0 WITH Swift-exception", location)
