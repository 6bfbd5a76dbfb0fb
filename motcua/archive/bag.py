"""Writing one package: parts in, a BagIt bag (RFC 8493) in one ZIP out, sealed with the deployment's key."""

from __future__ import annotations

import hashlib
import hmac
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils.timezone import localtime

from motcua.archive import verifying
from motcua.audit.facts import canonical, moment
from motcua.base.errors import Refusal
from motcua.files.models import StoredFile
from motcua.files.queries import open_file


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the payload: its place under ``data/``, and its bytes or the stored file that holds them."""

    path: str
    content: bytes = b""
    stored: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Bagged:
    """What was written: the digest the seal is over, and that of every part by its place."""

    manifest_sha256: str
    digests: Mapping[str, str] = field(default_factory=dict)


def signer(key: bytes) -> Ed25519PrivateKey:
    """The archive's own signing key, made from the deployment's audit key so that there is none more to look after."""
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(key, b"motcua.archive.ed25519", "sha256"))


def public_key(key: bytes) -> str:
    """What everybody may know, in hexadecimal: with it anybody can tell that this archive made a package."""
    return signer(key).public_key().public_bytes_raw().hex()


def seal_of(key: bytes, code: str, digest: str, at: datetime) -> dict[str, object]:
    """Ed25519 (RFC 8032) over canonical JSON under a word of its own: nobody needs our secret to check it."""
    over = ["package", code, digest, moment(at)]
    signature = signer(key).sign(verifying.PURPOSE + canonical(over)).hex()
    return {"algorithm": "Ed25519", "over": over, "public_key": public_key(key), "signature": signature}


def write(
    out: BinaryIO, code: str, parts: Sequence[Part], info: Mapping[str, str], *, key: bytes, at: datetime
) -> Bagged:
    """Write the bag. Raises `Refusal` when a stored file is not the one that came in."""
    with zipfile.ZipFile(out, "w") as archive:
        bag = _Bag(archive, code, at)
        for part in parts:
            bag.put(f"data/{part.path}", part)
        payload = dict(bag.digests)
        oxum = {"Payload-Oxum": f"{bag.size}.{len(payload)}"}
        bag.text("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        bag.text("bag-info.txt", "".join(f"{name}: {said}\n" for name, said in {**info, **oxum}.items()))
        bag.text("kiem-tra.py", Path(verifying.__file__).read_text(encoding="utf-8"))
        bag.text(verifying.MANIFEST, _listing(payload))
        tags = {path: digest for path, digest in bag.digests.items() if path not in payload}
        bag.text(verifying.TAG_MANIFEST, _listing(tags))
        digest = bag.digests[verifying.TAG_MANIFEST]
        bag.text(verifying.SEAL, json.dumps(seal_of(key, code, digest, at), indent=1) + "\n")
    return Bagged(digest, dict(bag.digests))


def _listing(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


class _Bag:
    """The ZIP under one folder named by the code, with the digest of everything put into it."""

    def __init__(self, archive: zipfile.ZipFile, code: str, at: datetime) -> None:
        self.archive, self.root = archive, code
        self.date = localtime(at).timetuple()[:6]
        self.digests: dict[str, str] = {}
        self.size = 0

    def text(self, path: str, text: str) -> None:
        self.put(path, Part(path, text.encode()))

    def put(self, path: str, part: Part) -> None:
        """One part, digested as it is written; not compressed, so that every bit of it counts and can be read later."""
        info = zipfile.ZipInfo(f"{self.root}/{path}", self.date)
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w") as target:
            for chunk in _chunks(part):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.digests[path] = digest.hexdigest()
        self.size += size
        if part.stored is not None and (size, digest.hexdigest()) != (part.stored.size, part.stored.sha256):
            raise Refusal(f"Tệp “{part.stored.name}” không còn đúng như khi nhận (khác mã băm).", status=409)


def _chunks(part: Part) -> Iterator[bytes]:
    if part.stored is None:
        yield part.content
        return
    try:
        with open_file(part.stored) as source:
            yield from source.chunks()
    except FileNotFoundError as error:
        raise Refusal(f"Không còn thấy tệp “{part.stored.name}” trong kho.", status=409) from error
