"""Compares sealing with libsodium called from C: verifying a repository of secrets, and the maximum of one core."""

import base64
import hashlib
import os
import struct
import subprocess
import tempfile
from pathlib import Path

import prepare
from measure import Failure, alternate, median, run

SECRETS = 10_000
ROUNDS = 9
# `secret verify` also reads and checks every file, which `check` alone does too: what is left is the opening.
VERIFY_BAR = 1.3
PROJECT = "proj_V1StGXR8Z5jdHi6B"
SECOND_KEY = "l+KfvtbnN3yuTEs53jKJ345eI+sSK3ejqUnApJzs+Tw="


def measure(report, tools):
    with tempfile.TemporaryDirectory(prefix="roster-bench-") as name:
        folder = Path(name)
        reference = prepare.build_c("sealing_reference", folder, "-lsodium")
        write(folder, SECRETS)
        commands = {
            "C": [reference, "open", folder / "keys.bin", folder / "boxes.bin", str(SECRETS)],
            "verify": [tools.program, "secret", "verify", "--identity", folder / "identity"],
            "check": [tools.program, "check", "--quiet", "--format", "github"],
        }
        runs = alternate(tools, commands, folder, ROUNDS, 1)
        # A second key, and every value sealed to both: an opening, two seals and an edited file a secret.
        add = [tools.program, "key", "add", SECOND_KEY, "--name", "second"]
        subprocess.run(add, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        reseal = [tools.program, "secret", "reseal", "--all", "--identity", folder / "identity"]
        runs["reseal to two"] = [run(tools, reseal, folder)]
        speeds = subprocess.run([reference, "speed", "1"], check=True, capture_output=True, text=True).stdout.split()
    seconds = {name: median(each, "processor_seconds") for name, each in runs.items()}
    report.note(f"Verifying {SECRETS:,} secrets, processor time, {ROUNDS} rounds, medians")
    for name, value in seconds.items():
        print(f"  {name:<14}{value * 1e3:>10.1f} ms{value / SECRETS * 1e6:>10.2f} µs a secret")
    opening = (seconds["verify"] - seconds["check"]) / SECRETS
    sealing = (seconds["reseal to two"] - seconds["verify"] - seconds["check"]) / (2 * SECRETS)
    print(f"  libsodium in C: {int(speeds[1]):,} seals and {int(speeds[3]):,} openings a second")
    print(f"  roster:         {1 / sealing:,.0f} seals and {1 / opening:,.0f} openings a second (files edited and synced too)")
    ratio = (seconds["verify"] - seconds["check"]) / seconds["C"]
    report.bar("verify without check ÷ C", ratio, f"{ratio:.3f}", VERIFY_BAR)
    ratio = seconds["verify"] / seconds["C"]
    report.bar("verify as a whole ÷ C", ratio, f"{ratio:.3f}", None)


def write(folder, count):
    """A repository of secrets that PyNaCl sealed, and their boxes in one file for the C program."""
    try:
        from nacl.public import PrivateKey, SealedBox
    except ImportError:
        raise Failure("python3 lacks PyNaCl: scripts/install tests") from None
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    key = "rk_" + hashlib.blake2b(b"roster-sealing-key-v1\0" + public, digest_size=16).hexdigest()
    identity = folder / "identity"
    identity.touch(mode=0o600)
    identity.write_text("ROSTER-IDENTITY-1-" + base64.b64encode(bytes(private)).decode() + "\n")
    (folder / "keys.bin").write_bytes(public + bytes(private))
    (folder / "roster.yaml").write_text(
        f"roster: 1\nprojects:\n  acme: {{id: {PROJECT}, name: Acme}}\nsealingKeys:\n"
        f"  - {{id: {key}, publicKey: {base64.b64encode(public).decode()}, name: bench}}\n"
    )
    (folder / "secrets" / "acme").mkdir(parents=True)
    sealed_box = SealedBox(private.public_key)
    with open(folder / "boxes.bin", "wb") as boxes:
        for index in range(count):
            secret, salt, value = f"sec_{index:016}", os.urandom(16), f"sk-bench-{index:015}".encode()
            box = bytes(sealed_box.encrypt(payload(secret.encode(), salt, value)))
            boxes.write(box)
            fingerprint = hashlib.blake2b(value, digest_size=16, key=salt).hexdigest()
            (folder / "secrets" / "acme" / f"s{index}.yaml").write_text(
                f"id: {secret}\nname: s{index}\nallowedHosts: [api.openai.com]\ngeneration: 1\n"
                f'fingerprint: "{fingerprint}"\nboxes:\n  - key: {key}\n    box: {base64.b64encode(box).decode()}\n'
            )


def payload(secret, salt, value):
    def prefixed(part):
        return struct.pack(">I", len(part)) + part

    text = b"roster-secret-v1\0" + prefixed(secret) + prefixed(PROJECT.encode()) + struct.pack(">QI", 1, 1)
    text += prefixed(b"api.openai.com") + prefixed(salt) + prefixed(value) + b"\x80"
    return text + bytes(-len(text) % 256)
