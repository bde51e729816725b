"""Opens sealed secrets with PyNaCl, which shares only libsodium with Roster.

`open IDENTITY_FILE SECRET_FILE PROJECT_ID`: compares every claim, and prints the payload's value in hexadecimal.
`open-all IDENTITY_FILE SECRETS_FOLDER VALUES_FOLDER PROJECT_ID`: the same for every file of a folder, each compared with
the value of its name; prints how many there were.
`values COUNT FOLDER`: writes COUNT files of random printable bytes, of lengths 1 to 16,384.
"""

import base64
import hashlib
import os
import random
import struct
import sys

import nacl.public
import yaml


def take(payload, position):
    (length,) = struct.unpack_from(">I", payload, position)
    end = position + 4 + length
    assert end <= len(payload)
    return payload[position + 4 : end], end


def open_secret(identity_path, secret_path, project_id):
    line = next(line for line in open(identity_path) if line.startswith("ROSTER-IDENTITY-1-"))
    private = nacl.public.PrivateKey(base64.b64decode(line.strip().removeprefix("ROSTER-IDENTITY-1-"), validate=True))
    public = bytes(private.public_key)
    key = "rk_" + hashlib.blake2b(b"roster-sealing-key-v1\0" + public, digest_size=16).hexdigest()
    record = yaml.load(open(secret_path), Loader=yaml.BaseLoader)
    box = next(base64.b64decode(box["box"], validate=True) for box in record["boxes"] if box["key"] == key)
    padded = nacl.public.SealedBox(private).decrypt(box)
    assert len(padded) % 256 == 0
    payload = padded.rstrip(b"\0")
    assert payload[-1] == 0x80
    payload = payload[:-1]
    magic = b"roster-secret-v1\0"
    assert payload.startswith(magic)
    secret_id, position = take(payload, len(magic))
    project, position = take(payload, position)
    generation, count = struct.unpack_from(">QI", payload, position)
    position += 12
    hosts = []
    for _ in range(count):
        host, position = take(payload, position)
        hosts.append(host.decode())
    salt, position = take(payload, position)
    value, position = take(payload, position)
    assert position == len(payload)
    assert secret_id.decode() == record["id"] and project.decode() == project_id
    assert generation == int(record["generation"])
    assert hosts == sorted(record["allowedHosts"], key=str.encode)
    assert len(salt) == 16
    assert hashlib.blake2b(value, digest_size=16, key=salt).hexdigest() == record["fingerprint"]
    return value


if sys.argv[1] == "open":
    print(open_secret(*sys.argv[2:5]).hex())
elif sys.argv[1] == "open-all":
    identity, secrets, values, project = sys.argv[2:6]
    names = os.listdir(secrets)
    for name in names:
        with open(os.path.join(values, name), "rb") as file:
            assert open_secret(identity, os.path.join(secrets, name), project) == file.read(), name
    print(len(names))
else:
    count, folder = int(sys.argv[2]), sys.argv[3]
    numbers = random.Random(17)
    for index in range(count):
        length = {0: 1, 1: 16_384}.get(index, numbers.randint(1, 16_384))
        value = bytes(numbers.randint(0x21, 0x7E) for _ in range(length))
        with open(os.path.join(folder, str(index)), "wb") as file:
            file.write(value)
