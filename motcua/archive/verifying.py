"""Kiểm tra một gói lưu trữ hồ sơ mà không cần hệ thống đã làm ra nó.

    python3 kiem-tra.py GOI.zip [--public-key KHOA]

Verifies one preservation package with Python's standard library alone: this file imports nothing of the project and
lies in every package as ``kiem-tra.py``. Take it from a copy you trust; a package could bring a false one.

Looked at: that the ZIP holds one BagIt bag (RFC 8493); that every part is there, unchanged, and that there is none
besides (SHA-256); that originals are those the metadata and the receipt speak of; that the extract of the record of
acts is an unbroken chain; that the seal (Ed25519, RFC 8032) is over all of it; and, given the archive's public key
(`motcua archive key` prints it), that this archive sealed it. Exits 0 when whole, 1 with a line for each fault.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

TAG_MANIFEST = "tagmanifest-sha256.txt"
MANIFEST = "manifest-sha256.txt"
SEAL = "seal.json"
PURPOSE = b"motcua.package\n"
"""Begins what is signed, so that no other signature can be passed off as a seal."""
_LINE = re.compile(r"([0-9a-f]{64})\s+\*?(.+)")
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, MemoryError,
)  # fmt: skip
_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: ``changed``, ``missing``, ``extra`` or ``broken``, and the part it concerns."""

    kind: str
    part: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}\t{self.part}\t{self.words}"


@dataclass
class Verdict:
    """What was found. ``signer``: the public key the seal belongs to, '' while it does not hold; ``is_known``: whether
    that is the key one was told, None where none was given."""

    code: str = ""
    parts: int = 0
    signer: str = ""
    is_known: bool | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def report(self, kind: str, part: str, words: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(kind, part, words))


def verify(package: str | Path | BinaryIO, *, public_key: str = "") -> Verdict:
    """Everything wrong with a package (a path or an open file); sealed by ``public_key`` (hexadecimal) where given."""
    verdict = Verdict()
    try:
        with zipfile.ZipFile(package) as archive:
            _judge(archive, verdict, public_key.strip().lower())
    except _UNREADABLE as error:
        verdict.report("broken", "", f"không đọc được gói: {error}")
    verdict.faults.sort()
    return verdict


def _judge(archive: zipfile.ZipFile, verdict: Verdict, wanted: str) -> None:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    roots = {name.split("/", 1)[0] for name in names}
    if len(roots) != 1 or any(_is_unsafe(name) for name in names):
        verdict.report("broken", "", "gói phải có đúng một thư mục gốc và không có đường dẫn lạ")
        return
    root = roots.pop()
    verdict.code = root
    for name, times in Counter(names).items():
        if times > 1:
            verdict.report("extra", _short(name), "có hai phần cùng tên")
    parts = {_short(name): name for name in names}
    verdict.parts = len(parts)
    digests = {part: digest for part, name in parts.items() if (digest := _digest(archive, part, name, verdict))}
    _declaration(archive, parts, verdict)
    listed = _listed(archive, parts, MANIFEST, digests, verdict)
    tags = _listed(archive, parts, TAG_MANIFEST, digests, verdict)
    for part in parts.keys() - listed.keys() - tags.keys() - {TAG_MANIFEST, SEAL}:
        verdict.report("extra", part, "phần này không có trong danh mục")
    _payload(archive, parts, verdict)
    _originals(archive, parts, listed, verdict)
    _chain(archive, parts, verdict)
    _seal(archive, parts, digests.get(TAG_MANIFEST, ""), wanted, verdict)


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or "/" not in name


def _short(name: str) -> str:
    return name.split("/", 1)[1]


def _digest(archive: zipfile.ZipFile, part: str, name: str, verdict: Verdict) -> str:
    """SHA-256 of one part; empty, with a fault, when the ZIP itself shows that it was changed."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except _UNREADABLE as error:
        verdict.report("changed", part, f"nội dung đã bị thay đổi: {error}")
        return ""
    return digest.hexdigest()


def _text(archive: zipfile.ZipFile, parts: dict[str, str], part: str) -> str:
    """A part as text; empty where it is not there or cannot be read (which was reported already)."""
    try:
        return archive.read(parts[part]).decode("utf-8") if part in parts else ""
    except _UNREADABLE:
        return ""


def _json(archive: zipfile.ZipFile, parts: dict[str, str], part: str) -> Any:
    try:
        return json.loads(_text(archive, parts, part) or "{}")
    except ValueError:
        return {}


def _declaration(archive: zipfile.ZipFile, parts: dict[str, str], verdict: Verdict) -> None:
    if "bagit.txt" not in parts:
        verdict.report("missing", "bagit.txt", "thiếu phần này")
    elif _text(archive, parts, "bagit.txt").replace("\r\n", "\n") != _DECLARED:
        verdict.report("changed", "bagit.txt", "không phải gói BagIt 1.0")


def _listed(
    archive: zipfile.ZipFile, parts: dict[str, str], manifest: str, digests: dict[str, str], verdict: Verdict
) -> dict[str, str]:
    """The digests a manifest gives by part, each compared with what lies there."""
    if manifest not in parts:
        verdict.report("missing", manifest, "thiếu danh mục")
        return {}
    given: dict[str, str] = {}
    for line in _text(archive, parts, manifest).splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            verdict.report("changed", manifest, f"dòng không đọc được: {line[:80]}")
            continue
        digest, part = found[1], re.sub(r"%(0[AaDd]|25)", lambda one: unquote(one[0]), found[2])
        given[part] = digest
        if part not in parts:
            verdict.report("missing", part, f"có tên trong {manifest} mà không có trong gói")
        elif part in digests and digests[part] != digest:
            verdict.report("changed", part, f"mã băm SHA-256 không khớp {manifest}")
    return given


def _payload(archive: zipfile.ZipFile, parts: dict[str, str], verdict: Verdict) -> None:
    """Payload-Oxum of bag-info.txt: how many bytes and parts there must be."""
    found = re.search(r"(?m)^Payload-Oxum: (\d+)\.(\d+)\r?$", _text(archive, parts, "bag-info.txt"))
    sizes = [archive.getinfo(name).file_size for part, name in parts.items() if part.startswith("data/")]
    if found and (int(found[1]), int(found[2])) != (sum(sizes), len(sizes)):
        verdict.report("broken", "bag-info.txt", "tổng dung lượng hoặc số phần không khớp Payload-Oxum")


def _originals(archive: zipfile.ZipFile, parts: dict[str, str], listed: dict[str, str], verdict: Verdict) -> None:
    """Files as they came in: the digest noted when each was received is the digest in the manifest."""
    told = _json(archive, parts, "data/metadata.json")
    for row in told.get("files", []) if isinstance(told, dict) else []:
        part, digest = row.get("path", ""), row.get("sha256", "")
        if part and listed.get(part) != digest:
            verdict.report("changed", part, "không phải tệp đã nhận: khác mã băm ghi khi tiếp nhận")


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _chain(archive: zipfile.ZipFile, parts: dict[str, str], verdict: Verdict) -> None:
    """The extract of the record of acts: each event digested anew and joined to the one before it."""
    part, previous, number = "data/log/audit.jsonl", "", 0
    for text in _text(archive, parts, part).splitlines():
        try:
            line = json.loads(text)
            if line["kind"] != "event":
                continue
            number += 1
            said = {name: line[name] for name in ("subject", "seq", "at", "actor", "role", "verb", "body", "previous")}
            digest = hashlib.sha256(b"motcua.event\n" + _canonical(said)).hexdigest()
            if digest != line["digest"] or line["previous"] != previous or line["seq"] != number:
                verdict.report("changed", part, f"sự kiện số {number} không nối đúng chuỗi")
            previous = line["digest"]
        except (ValueError, KeyError, TypeError):
            verdict.report("changed", part, f"không đọc được sự kiện số {number + 1}")
            return


def _seal(archive: zipfile.ZipFile, parts: dict[str, str], digest: str, wanted: str, verdict: Verdict) -> None:
    """The seal is over the digest of the tag manifest, which covers everything else."""
    if SEAL not in parts:
        verdict.report("missing", SEAL, "thiếu dấu niêm")
        return
    seal = _json(archive, parts, SEAL)
    over = seal.get("over") if isinstance(seal, dict) else None
    if not isinstance(over, list) or len(over) != 4 or over[:2] != ["package", verdict.code] or over[2] != digest:
        verdict.report("changed", SEAL, "dấu niêm không phải của gói này")
        return
    signer = str(seal.get("public_key", ""))
    try:
        holds = is_signed(bytes.fromhex(signer), PURPOSE + _canonical(over), bytes.fromhex(str(seal.get("signature"))))
    except ValueError:
        holds = False
    if seal.get("algorithm") != "Ed25519" or not holds:
        verdict.report("changed", SEAL, "chữ ký của dấu niêm không đúng")
        return
    verdict.signer = signer
    if wanted:
        verdict.is_known = signer == wanted
        if not verdict.is_known:
            verdict.report("changed", SEAL, "dấu niêm đúng nhưng của khóa khác, không phải cơ quan lưu trữ này")


# --- Ed25519 (RFC 8032 §5.1.7): verifying only, nothing in it is secret

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is that of ``message`` by the holder of ``public_key``."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, nonce, scalar = _point(public_key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= _Q:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    base = _point(bytes.fromhex("58" + "66" * 31))
    assert base is not None
    left, right = _times(scalar, base), _add(nonce, _times(int.from_bytes(digest, "little") % _Q, key))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def _point(text: bytes) -> _Point | None:
    """The point of the curve written in 32 bytes; None where there is none."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


def _add(one: _Point, two: _Point) -> _Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % _P, (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: _Point) -> _Point:
    found: _Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def main(argv: list[str] | None = None) -> int:
    """Judge one package and say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--public-key", default="", help="khóa công khai của cơ quan lưu trữ (hệ 16)")
    asked = parser.parse_args(argv)
    verdict = verify(asked.package, public_key=asked.public_key)
    for fault in verdict.faults:
        sys.stdout.write(f"{fault}\n")
    if not verdict.is_whole:
        sys.stdout.write(f"KHÔNG TOÀN VẸN: {len(verdict.faults)} điểm sai.\n")
        return 1
    seal = "dấu niêm của cơ quan lưu trữ" if verdict.is_known else f"dấu niêm của khóa {verdict.signer}"
    sys.stdout.write(f"TOÀN VẸN: {verdict.code}, {verdict.parts} phần, {seal}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
