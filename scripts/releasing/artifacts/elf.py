"""Reads what a 64-bit ELF program needs from its system: the loader, the libraries, and the version of glibc."""

import struct
from dataclasses import dataclass

MACHINES = {62: "x86_64", 183: "aarch64"}
# The newest glibc that a released program may need, and the oldest that users must have; RELEASING.md names it.
GLIBC_LIMIT = (2, 36)
# The libraries of the package of glibc in every distribution.
GLIBC_FAMILY = {
    "ld-linux-aarch64.so.1", "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0",
    "libresolv.so.2", "librt.so.1", "libutil.so.1",
}

LOAD, DYNAMIC, INTERPRETER = 1, 2, 3
NEEDED, STRING_TABLE, VERSION_NEEDS, VERSION_NEEDS_COUNT = 1, 5, 0x6FFFFFFE, 0x6FFFFFFF


@dataclass(frozen=True)
class Linkage:
    """The parts of a system that a program is linked with at its start."""

    architecture: str
    interpreter: str | None
    libraries: tuple[str, ...]
    # The highest version of a GLIBC_ symbol, such as (2, 35).
    glibc: tuple[int, ...]


def read_linkage(data):
    """Returns the linkage of a program; raises ValueError when it is not a little-endian 64-bit ELF file."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise ValueError("it is not a program for 64-bit Linux")
    machine, = struct.unpack_from("<H", data, 18)
    if machine not in MACHINES:
        raise ValueError(f"its machine type is {machine}, neither x86_64 nor aarch64")
    offset, = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    segments = [struct.unpack_from("<IIQQQQQQ", data, offset + size * index) for index in range(count)]

    def position(address):
        """Returns where an address of the running program is in the file."""
        for kind, _, start, virtual, _, length, _, _ in segments:
            if kind == LOAD and virtual <= address < virtual + length:
                return address - virtual + start
        raise ValueError(f"the address {address:#x} is in none of its segments")

    interpreter, dynamic = None, []
    for kind, _, start, _, _, length, _, _ in segments:
        if kind == INTERPRETER:
            interpreter = text(data, start)
        elif kind == DYNAMIC:
            dynamic = [struct.unpack_from("<qQ", data, start + at) for at in range(0, length, 16)]
    single = dict(dynamic)
    strings = position(single[STRING_TABLE]) if STRING_TABLE in single else 0
    libraries = tuple(text(data, strings + value) for tag, value in dynamic if tag == NEEDED)
    versions = {(0,)}
    if VERSION_NEEDS in single:
        versions |= read_versions(data, position(single[VERSION_NEEDS]), single[VERSION_NEEDS_COUNT], strings)
    return Linkage(MACHINES[machine], interpreter, libraries, max(versions))


def read_versions(data, at, count, strings):
    """Returns the versions of glibc in the table of needed versions (SHT_GNU_verneed)."""
    versions = set()
    for _ in range(count):
        _, entries, _, first, following = struct.unpack_from("<HHIII", data, at)
        entry = at + first
        for _ in range(entries):
            _, _, _, name, further = struct.unpack_from("<IHHII", data, entry)
            version = text(data, strings + name)
            if version.startswith("GLIBC_") and version != "GLIBC_ABI_DT_RELR":
                versions.add(tuple(map(int, version.removeprefix("GLIBC_").split("."))))
            entry += further
        at += following
    return versions


def text(data, at):
    return data[at:data.index(b"\0", at)].decode()
