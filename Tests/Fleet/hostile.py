"""Publications that are made here, without Roster's code: good ones, and ones that a replica must refuse."""

import base64
import contextlib
import gzip
import hashlib
import json
import os
import time
from datetime import datetime, timezone
from pathlib import Path

from nacl.signing import SigningKey

from engines import PREFIX, Unavailable, text64

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
PREDICATE_TYPE = "urn:roster:publication/v1"
MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
ARTIFACT_TYPE = "application/vnd.roster.registry.v1"
EMPTY = b"{}"
CHUNK = 512 * 1024
REPOSITORY, CHANNEL = "acme/registry", "main"


def encoded(value):
    """Returns JSON without spaces, as `roster publish` writes it: etcd sends each byte to each watcher."""
    return json.dumps(value, separators=(",", ":")).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def zulu(seconds):
    return datetime.fromtimestamp(int(seconds), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Key:
    """A key that signs publications."""

    SPKI = bytes.fromhex("302a300506032b6570032100")
    PKCS8 = bytes.fromhex("302e020100300506032b657004220420")

    def __init__(self, seed=None):
        self.private = SigningKey(seed or os.urandom(32))

    @property
    def id(self):
        return sha256(self.SPKI + bytes(self.private.verify_key))

    def public_pem(self):
        return self.pem("PUBLIC KEY", self.SPKI + bytes(self.private.verify_key))

    def private_pem(self):
        return self.pem("PRIVATE KEY", self.PKCS8 + bytes(self.private))

    @staticmethod
    def pem(label, der):
        return f"-----BEGIN {label}-----\n{base64.b64encode(der).decode()}\n-----END {label}-----\n"

    def envelope(self, payload, signed=None):
        """Returns a DSSE envelope; `signed` is what is signed in the place of the payload."""
        signed = payload if signed is None else signed
        message = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(signed), signed)
        signature = {"keyid": self.id, "sig": text64(self.private.sign(message).signature)}
        return encoded({"payload": text64(payload), "payloadType": PAYLOAD_TYPE, "signatures": [signature]})


class Publication:
    """The files of a publication. Members can be changed before `sign`, and files after it."""

    def __init__(self, registry, serial=None, valid_for=14 * 86_400, channel=CHANNEL):
        now = time.time()
        self.registry, self.compressed = registry, gzip.compress(registry, mtime=0)
        self.predicate = {
            "channel": channel, "serial": serial or int(now * 1000), "issued": zulu(now),
            "expires": zulu(now + valid_for), "size": len(registry), "compressedSize": len(self.compressed),
            "commit": None, "committedAt": None,
        }
        self.expires_at = int(now + valid_for)
        self.files = {"registry.json": sha256(registry), "registry.json.gz": sha256(self.compressed)}
        self.envelope = b""

    @property
    def serial(self):
        return self.predicate["serial"]

    @property
    def digest(self):
        return "sha256:" + self.files["registry.json"]

    def payload(self):
        subject = [{"name": name, "digest": {"sha256": digest}} for name, digest in self.files.items()]
        return encoded({
            "_type": STATEMENT_TYPE, "subject": subject, "predicateType": PREDICATE_TYPE, "predicate": self.predicate,
        })

    def sign(self, key, signed=None):
        self.envelope = key.envelope(self.payload(), signed)
        return self

    def envelope_blob(self):
        return {sha256(self.envelope): self.envelope}

    def manifest(self, data=None, included=None):
        """Returns the manifest.

        `data` is what it includes in the place of the envelope, and `included` in the place of the compressed registry.
        """
        def layer(kind, content, name, **more):
            annotations = {"org.opencontainers.image.title": name}
            return {
                "mediaType": kind, "digest": "sha256:" + content[0], "size": content[1], **more,
                "annotations": annotations,
            }

        registry = self.files["registry.json.gz"], self.predicate["compressedSize"]
        envelope = sha256(self.envelope), len(self.envelope)
        more = {} if included is None else {"data": text64(included)}
        return encoded({
            "schemaVersion": 2, "mediaType": MANIFEST_TYPE, "artifactType": ARTIFACT_TYPE,
            "config": {
                "mediaType": "application/vnd.oci.empty.v1+json", "digest": "sha256:" + sha256(EMPTY), "size": 2,
                "data": "e30=",
            },
            "layers": [
                layer("application/vnd.roster.registry.v1+json+gzip", registry, "registry.json.gz", **more),
                layer(
                    "application/vnd.dsse.envelope.v1+json", envelope, "registry.json.dsse",
                    data=text64(self.envelope if data is None else data),
                ),
            ],
        })


class Carriers:
    """The places that publications are written to, directly and without Roster's code."""

    NAMES = ("etcd", "oci", "layout")

    def __init__(self, etcd, registry, layout):
        self.etcd, self.registry, self.layout = etcd, registry, Path(layout)

    def put(self, name, manifest, blobs):
        """Makes a manifest the newest of a carrier. Blobs are stored under their digests' names, also wrong ones."""
        getattr(self, "put_" + name)(manifest, blobs)

    def put_layout(self, manifest, blobs):
        folder = self.layout / "blobs/sha256"
        folder.mkdir(parents=True, exist_ok=True)
        for digest, data in {sha256(EMPTY): EMPTY, sha256(manifest): manifest, **blobs}.items():
            replace(folder / digest, data)
        replace(self.layout / "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
        entry = {
            "mediaType": MANIFEST_TYPE, "digest": "sha256:" + sha256(manifest), "size": len(manifest),
            "data": text64(manifest), "annotations": {"org.opencontainers.image.ref.name": CHANNEL},
        }
        index = {"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": [entry]}
        replace(self.layout / "index.json", encoded(index))

    def put_etcd(self, manifest, blobs):
        for digest, data in blobs.items():
            for number, start in enumerate(range(0, max(len(data), 1), CHUNK)):
                key = f"{PREFIX}blobs/sha256/{digest}/{number:06d}"
                self.etcd.put([(key, data[start:start + CHUNK])])
        self.etcd.put([(f"{PREFIX}{CHANNEL}/manifest", manifest)])

    def put_oci(self, manifest, blobs):
        """Pushes; the registry refuses blobs that do not match their digests, so they are damaged on its disk."""
        for digest, data in {sha256(EMPTY): EMPTY, **blobs}.items():
            if self.registry.call("HEAD", f"/v2/{REPOSITORY}/blobs/sha256:{digest}")[0] == 200:
                continue
            status, fields, _ = self.registry.call("POST", f"/v2/{REPOSITORY}/blobs/uploads/", b"")
            if status != 202:
                raise Unavailable(f"an upload begins with {status}")
            place = fields["Location"]
            target = place + ("&" if "?" in place else "?") + f"digest=sha256:{digest}"
            status = self.registry.call("PUT", target, data, Content_Type="application/octet-stream")[0]
            if status != 201:
                raise Unavailable(f"a blob is answered with {status}")
        status, _, body = self.registry.call(
            "PUT", f"/v2/{REPOSITORY}/manifests/{CHANNEL}", manifest, Content_Type=MANIFEST_TYPE)
        if status != 201:
            raise Unavailable(f"the manifest is answered with {status} {body[:200]!r}")

    def blob_on_disk(self, digest):
        """Returns the file in which docker-registry has a blob."""
        storage = self.registry.folder / "data/docker/registry/v2/blobs/sha256"
        return storage / digest[:2] / digest / "data"

    def save(self):
        """Returns what every carrier has now, for `restore`."""
        saved = {"etcd": self.etcd.get(f"{PREFIX}{CHANNEL}/manifest")}
        status, _, body = self.registry.call("GET", f"/v2/{REPOSITORY}/manifests/{CHANNEL}", Accept=MANIFEST_TYPE)
        saved["oci"] = body if status == 200 else None
        saved["layout"] = (self.layout / "index.json").read_bytes()
        return saved

    def restore(self, name, saved):
        """Puts the manifest of `save` back; what a publisher wrote in between is lost."""
        if name == "etcd":
            self.etcd.put([(f"{PREFIX}{CHANNEL}/manifest", saved["etcd"])])
        elif name == "oci":
            self.put_oci(saved["oci"], {})
        else:
            replace(self.layout / "index.json", saved["layout"])


def replace(path, data):
    """Writes a file as publishers do, by renaming."""
    beside = path.with_name("." + path.name)
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    beside.write_bytes(data)
    beside.replace(path)
