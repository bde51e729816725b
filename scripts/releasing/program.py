"""Compiles and links the shipped program: one small file that runs on any Linux with a recent glibc.

Left out are what no user of the program needs, 11 of 31 MB: Foundation (swift-argument-parser needs four of its types,
which Foundation/ has), the tables for unwinding the stack (the program catches no C++ exception), and all but one of
the functions whose code is the same.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOUNDATION = Path(__file__).parent / "Foundation"
# The module of the stand-in for Foundation, with a name that the toolchain does not have.
STAND_IN = "RosterFoundation"
# Libraries that a machine may not have, or have in another version.
STATIC_LIBRARIES = {"libyaml": "yaml-0.1", "libsodium": "libsodium", "libz": "zlib", "libstdc++": None}
# The optimizer of Swift 6.3 makes two mistakes, so that these passes are left out:
# - In `advance(); let start = offset; while … { advance() }`, the offset is read before the first call, also when the
#   loop is that of another function. The passes that move code do that.
# - In `return (index, .success(try await send()))`, the index can be lost while the task waits: the elimination of dead
#   stores takes its store for one. With a limit of 0, it eliminates none.
WITHOUT_MISTAKES = [
    word
    for option in (
        "-sil-disable-pass=early-codemotion", "-sil-disable-pass=late-codemotion", "-dse-memoryssa-scanlimit=0",
    )
    for word in ("-Xllvm", option)
]
SWIFT_FLAGS = [
    # Each function in a section, so that unused ones are left out and used ones are placed together.
    "-Xfrontend", "-function-sections", "-use-ld=lld",
    *WITHOUT_MISTAKES,
]
LINKER_FLAGS = ["--icf=all", "--no-eh-frame-hdr"]
# Sections that no part of the program reads.
DISCARDED = "SECTIONS\n{\n  /DISCARD/ : { *(.eh_frame .eh_frame.* .gcc_except_table .gcc_except_table.*) }\n}\nINSERT AFTER .text;\n"


class ProgramBuild:
    """A release build of a source folder in a scratch folder."""

    def __init__(self, source, scratch, locked=False):
        self.source, self.scratch, self.locked = source, scratch, locked
        scratch.mkdir(parents=True, exist_ok=True)
        self.libraries = self.make_static_libraries()
        self.foundation = self.compile_foundation()
        self.discarding = scratch / "discard.ld"
        self.discarding.write_text(DISCARDED)

    def link(self, link_map, *scripts):
        """Builds the program, writes the linker's map, and returns the program's path."""
        swift_flags = [
            *SWIFT_FLAGS, "-Xclang-linker", "-static-libgcc",
            "-module-alias", f"FoundationEssentials={STAND_IN}", "-I", self.foundation,
        ]
        linker_flags = [*LINKER_FLAGS, f"-Map={link_map}", self.foundation / f"{STAND_IN}.o"]
        linker_flags += [f"--script={script}" for script in (self.discarding, *scripts)]
        command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "roster"]
        command += ["--package-path", self.source, "--scratch-path", self.scratch]
        if self.locked:
            command.append("--only-use-versions-from-resolved-file")
        command += [word for flag in swift_flags for word in ("-Xswiftc", flag)]
        command += [word for flag in linker_flags for word in ("-Xlinker", flag)]
        environment = os.environ | {"PKG_CONFIG_PATH": str(self.libraries), "ROSTER_RELEASE": "1"}
        subprocess.run(command, check=True, stdout=sys.stderr, env=environment)
        return self.scratch / "release" / "roster"

    def make_static_libraries(self):
        """Makes a folder in which the linker finds the archives of libraries alone, and returns it."""
        folder = self.scratch / "static"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for library, package in STATIC_LIBRARIES.items():
            archive = subprocess.run(
                ["cc", f"-print-file-name={library}.a"], check=True, capture_output=True, text=True
            ).stdout.strip()
            if not Path(archive).is_absolute():
                sys.exit(f"release: there is no {library}.a; install the library's development package")
            (folder / f"{library}.a").symlink_to(archive)
            if package:
                name = library.removeprefix("lib")
                (folder / f"{package}.pc").write_text(
                    f"Name: {package}\nDescription: the archive of {library}\nVersion: 1\nLibs: -L{folder} -l{name}\n"
                )
        return folder

    def compile_foundation(self):
        """Compiles the stand-in for Foundation, and returns the folder of its module."""
        folder = self.scratch / "foundation"
        folder.mkdir(exist_ok=True)
        module = folder / f"{STAND_IN}.swiftmodule"
        subprocess.run(
            [
                "swiftc", "-O", "-wmo", *WITHOUT_MISTAKES, "-parse-as-library", "-static",
                "-module-name", STAND_IN, "-emit-module", "-emit-module-path", module,
                "-c", *sorted(FOUNDATION.glob("*.swift")), "-o", folder / f"{STAND_IN}.o",
            ],
            check=True, stdout=sys.stderr,
        )
        return folder
