"""Kiểm tra một gói lưu trữ hồ sơ mà không cần hệ thống đã làm ra nó.

    python3 kiem-tra.py GOI.zip [--key-file KHOA]

Verifies one preservation package with Python's standard library alone: this file imports nothing of the project and
lies in every package as ``kiem-tra.py``. Take it from a copy you trust; a package could bring a false one.

Looked at: that the ZIP holds one BagIt bag (RFC 8493); that every part is there, unchanged, and that there is none
besides (SHA-256); that originals are those the metadata and the receipt speak of; that the extract of the record of
acts is an unbroken chain; with the archive's key also the seal. Exits 0 when whole, 1 with a line for each fault.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
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
    """What was found. ``sealed``: None where no key was given."""

    code: str = ""
    parts: int = 0
    sealed: bool | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def report(self, kind: str, part: str, words: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(kind, part, words))


def verify(package: str | Path | BinaryIO, *, key: bytes | None = None) -> Verdict:
    """Everything wrong with a package (a path or an open file). With ``key`` its seal is judged too."""
    verdict = Verdict()
    try:
        with zipfile.ZipFile(package) as archive:
            _judge(archive, verdict, key)
    except _UNREADABLE as error:
        verdict.report("broken", "", f"không đọc được gói: {error}")
    verdict.faults.sort()
    return verdict


def _judge(archive: zipfile.ZipFile, verdict: Verdict, key: bytes | None) -> None:
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
    _seal(archive, parts, digests.get(TAG_MANIFEST, ""), key, verdict)


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
        elif part in digests and not hmac.compare_digest(digests[part], digest):
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


def _seal(archive: zipfile.ZipFile, parts: dict[str, str], digest: str, key: bytes | None, verdict: Verdict) -> None:
    """The seal is over the digest of the tag manifest, which covers everything else."""
    if SEAL not in parts:
        verdict.report("missing", SEAL, "thiếu dấu niêm")
        return
    seal = _json(archive, parts, SEAL)
    over = seal.get("over") if isinstance(seal, dict) else None
    if not isinstance(over, list) or len(over) != 4 or over[:2] != ["package", verdict.code] or over[2] != digest:
        verdict.report("changed", SEAL, "dấu niêm không phải của gói này")
        return
    if key is not None:
        wanted = hmac.new(key, _canonical(over), "sha256").hexdigest()
        verdict.sealed = hmac.compare_digest(wanted, str(seal.get("seal", "")))
        if not verdict.sealed:
            verdict.report("changed", SEAL, "dấu niêm không do khóa của cơ quan lưu trữ tạo ra")


def main(argv: list[str] | None = None) -> int:
    """Judge one package and say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--key-file", type=Path, help="tệp chứa khóa niêm của cơ quan lưu trữ")
    asked = parser.parse_args(argv)
    key = asked.key_file.read_bytes().strip() if asked.key_file else None
    verdict = verify(asked.package, key=key)
    for fault in verdict.faults:
        sys.stdout.write(f"{fault}\n")
    if not verdict.is_whole:
        sys.stdout.write(f"KHÔNG TOÀN VẸN: {len(verdict.faults)} điểm sai.\n")
        return 1
    seal = "dấu niêm đúng" if verdict.sealed else "dấu niêm chưa kiểm tra vì không có khóa"
    sys.stdout.write(f"TOÀN VẸN: {verdict.code}, {verdict.parts} phần, {seal}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
