"""Verifies an envelope with programs that share no code with Roster, and signs a second envelope.

Standard input: `{"envelope": text, "key": PEM, "payload": text}`, where the key is that of the envelope.
Standard output: `{"verified": [names], "refused": [names], "envelope": text, "key": PEM}`: the programs that accept the
envelope, those that refuse it with a changed payload, and an envelope of the payload that securesystemslib signs.
"""

import base64
import copy
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey


def key_id(key):
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def securesystemslib(document, pem):
    key = load_pem_public_key(pem.encode())
    try:
        # from_dict changes the signatures that it is passed.
        Envelope.from_dict(copy.deepcopy(document)).verify([SSlibKey.from_crypto(key, keyid=key_id(key))], 1)
    except VerificationError:
        return False
    return True


def openssl(document, pem):
    payload, kind = base64.b64decode(document["payload"]), document["payloadType"].encode()
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "message": b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload),
            "sig": base64.b64decode(document["signatures"][0]["sig"]),
            "key.pem": pem.encode(),
        }
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        command = "openssl pkeyutl -verify -rawin -in message -pubin -inkey key.pem -sigfile sig".split()
        return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def main():
    given = json.load(sys.stdin)
    document = json.loads(given["envelope"])
    changed = copy.deepcopy(document)
    payload = base64.b64decode(document["payload"])
    changed["payload"] = base64.b64encode(payload.replace(b'"main"', b'"mein"')).decode()
    programs = [securesystemslib, openssl]
    private = Ed25519PrivateKey.generate()
    envelope = Envelope(given["payload"].encode(), "application/vnd.in-toto+json", {})
    envelope.sign(CryptoSigner(private))
    public = private.public_key()
    print(json.dumps({
        "verified": [program.__name__ for program in programs if program(document, given["key"])],
        "refused": [program.__name__ for program in programs if not program(changed, given["key"])],
        "envelope": json.dumps(envelope.to_dict(), indent=1),
        "key": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    }))


main()
