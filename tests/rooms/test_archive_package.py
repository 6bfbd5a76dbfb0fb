"""Preservation packages: what is in them, that they verify without the system, that a changed byte is found."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import datetime

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.archive import pdfs, verifying
from motcua.archive.bag import public_key, signer
from motcua.archive.models import Hindrance, Package
from motcua.archive.vault import vault
from motcua.audit.models import Event
from motcua.dossiers.models import Dossier, Enclosure, TimelineEntry
from motcua.files.models import StoredFile
from motcua.files.storage import storage
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from motcua.rules.acts import Paper
from tests.acceptance.proof import accepts
from tests.cast import Cast
from tests.rooms.archived import (
    HOUR,
    MONTH,
    archivist,
    bytes_of,
    delivered,
    keep_all,
    kept,
    read_json,
    unpacked,
    withdrawn,
)
from tests.rooms.late import operator

pytestmark = pytest.mark.django_db
KEY = public_key(settings.AUDIT_KEY.encode())


@pytest.fixture(autouse=True)
def _a_vault_of_its_own(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@accepts("HY-38", "HY-39")
def test_a_package_holds_everything_and_says_where_it_came_from_where_it_went_and_when(
    cast: Cast, at: datetime
) -> None:
    cast.signs = True
    code = delivered(cast, at)
    package = kept(cast, at, code)
    parts = unpacked(bytes_of(package))
    told = read_json(parts, "data/metadata.json")
    assert told["code"] == code and told["procedure"]["code"] == "2.000635" and told["procedure"]["revision"] == 1
    assert told["origin"]["applicant"]["name"] == "Nguyễn Thị Lan" and told["origin"]["channel"] == "online"
    assert told["origin"]["sent_at"] == "2026-11-18T09:00:00+07:00"
    assert told["destination"]["agency"]["code"] == "H08.41.01" and told["destination"]["accepted_at"].endswith(
        "+07:00"
    )
    assert told["end"]["closed_at"] == "2026-11-18T12:00:00+07:00" and told["form"]["version"] == "to-khai-thu v1"
    answers = read_json(parts, "data/answers.json")
    assert answers["answers"]["so_ban"] == 2 and answers["read"][1]["rows"][0] == {
        "question": "Số bản",
        "answer": "2",
    }
    process = read_json(parts, "data/process.json")
    assert process["result"][0]["title"] == "Trích lục" and process["handover"][0]["receiver_name"] == "Nguyễn Thị Lan"
    assert len(process["steprun"]) == 5 and {row["kind"] for row in process["messages"]} >= {"submitted", "delivered"}
    assert len(read_json(parts, "data/log/timeline.json")) == TimelineEntry.objects.count()
    kinds = {row["kind"] for row in read_json(parts, "data/papers/papers.json")}
    assert kinds >= {"submission_receipt", "appointment_slip", "result", "handover_record", "control_sheet"}
    signature = read_json(parts, "data/signatures/signatures.json")[0]
    assert parts[signature["cms"]][:1] == b"\x30" and signature["byte_range"][0] == 0


@accepts("HY-39")
def test_originals_are_the_bytes_that_came_in_and_have_the_digest_of_the_receipt(cast: Cast, at: datetime) -> None:
    package = kept(cast, at)
    parts = unpacked(bytes_of(package))
    (told,) = read_json(parts, "data/metadata.json")["files"]
    file = Enclosure.objects.get().file
    with storage().open(file.storage_key) as stored:
        assert parts[told["path"]] == stored.read()
    receipt = IssuedPaper.objects.get(kind=Paper.SUBMISSION_RECEIPT.value)
    assert told["sha256"] == receipt.data["files"][0]["sha256"] and told["name"] == "giay-chung-minh.pdf"


@accepts("HY-39")
def test_what_the_system_draws_is_archival_pdf_with_every_font_inside(cast: Cast, at: datetime) -> None:
    parts = unpacked(bytes_of(kept(cast, at, delivered(cast, at))))
    drawn = {path: body for path, body in parts.items() if path.endswith(".pdf") and "/originals/" not in path}
    assert "data/to-khai.pdf" in drawn and len(drawn) >= 6
    for path, body in drawn.items():
        assert pdfs.look(body) == pdfs.PdfFacts("2A", True), path
    stated = read_json(parts, "data/metadata.json")["made_by_us"]
    assert {row["path"] for row in stated} == set(drawn) and all(row["pdfa"] == "2A" for row in stated)
    (original,) = [body for path, body in parts.items() if "/originals/" in path]
    assert pdfs.look(original).pdfa == ""  # given as it is, never made over


def test_a_font_left_to_the_reader_is_noticed() -> None:
    import pikepdf

    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1))
        )
    )
    pdf.save(out)
    assert pdfs.look(out.getvalue()) == pdfs.PdfFacts("", False)


@accepts("HY-38")
def test_a_package_verifies_after_the_dossier_its_rows_and_its_files_are_gone(
    cast: Cast, at: datetime, tmp_path
) -> None:
    package = kept(cast, at, delivered(cast, at))
    copy = tmp_path / "goi.zip"
    copy.write_bytes(bytes_of(package))
    for file in StoredFile.objects.all():
        storage().delete(file.storage_key)
    vault().delete(package.key)
    Package.objects.all().delete()
    Dossier.objects.all().delete()
    IssuedPaper.objects.all().delete()
    Message.objects.all().delete()
    script = tmp_path / "kiem-tra.py"
    script.write_bytes(unpacked(copy.read_bytes())["kiem-tra.py"])
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, copy, "--public-key", KEY],
        capture_output=True, text=True, cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("TOÀN VẸN: H08.41.01-261118-0001, ") and "dấu niêm của cơ quan lưu trữ" in done.stdout


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    import ast
    from pathlib import Path

    tree = ast.parse(Path(verifying.__file__).read_text(encoding="utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    assert {str(name).split(".")[0] for name in named} <= sys.stdlib_module_names


def _spans(content: bytes) -> dict[str, tuple[int, int]]:
    """Where the bytes of each part lie in the ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {}
        for info in archive.infolist():
            name_size = int.from_bytes(content[info.header_offset + 26 : info.header_offset + 28], "little")
            extra = int.from_bytes(content[info.header_offset + 28 : info.header_offset + 30], "little")
            begin = info.header_offset + 30 + name_size + extra
            found[info.filename.split("/", 1)[1]] = (begin, begin + info.compress_size)
    return found


@accepts("HY-38")
def test_one_changed_byte_in_any_part_is_found_and_the_part_named(cast: Cast, at: datetime) -> None:
    content = bytes_of(kept(cast, at, delivered(cast, at)))
    assert verifying.verify(io.BytesIO(content), public_key=KEY).is_whole
    for part, (begin, end) in _spans(content).items():
        for place in {begin, (begin + end) // 2, end - 1}:
            changed = bytearray(content)
            changed[place] ^= 0x20
            verdict = verifying.verify(io.BytesIO(bytes(changed)), public_key=KEY)
            assert ("changed", part) in {(one.kind, one.part) for one in verdict.faults}, (part, place)


def _rezipped(content: bytes, *, without: str = "", instead: dict[str, bytes] | None = None) -> io.BytesIO:
    """The same package packed anew, as somebody would who knows how a ZIP works."""
    parts = {**unpacked(content), **(instead or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, body in parts.items():
            if part != without:
                archive.writestr(f"H08.41.01-261118-0001/{part}", body)
    out.seek(0)
    return out


@accepts("HY-38")
@pytest.mark.parametrize(
    ("without", "instead", "kind", "part"),
    [
        ("data/answers.json", {}, "missing", "data/answers.json"),
        ("bagit.txt", {}, "missing", "bagit.txt"),
        ("seal.json", {}, "missing", "seal.json"),
        ("", {"data/them.txt": b"x"}, "extra", "data/them.txt"),
        ("", {"ghi-chu.txt": b"x"}, "extra", "ghi-chu.txt"),
        ("", {"data/answers.json": b"{}"}, "changed", "data/answers.json"),
    ],
)
def test_a_part_missing_added_or_put_in_another_s_place_is_named(cast, at, without, instead, kind, part) -> None:
    content = bytes_of(kept(cast, at))
    verdict = verifying.verify(_rezipped(content, without=without, instead=instead))
    assert (kind, part) in {(one.kind, one.part) for one in verdict.faults}


@accepts("HY-38")
def test_whoever_rewrites_manifests_too_is_betrayed_by_the_seal(cast: Cast, at: datetime) -> None:
    import hashlib

    content = bytes_of(kept(cast, at))
    parts = dict(unpacked(content))
    old, new = hashlib.sha256(parts["data/answers.json"]).hexdigest(), b"{}"
    parts["data/answers.json"] = new
    for manifest in (verifying.MANIFEST, verifying.TAG_MANIFEST):
        before = hashlib.sha256(parts[verifying.MANIFEST]).hexdigest()
        parts[manifest] = parts[manifest].replace(old.encode(), hashlib.sha256(new).hexdigest().encode())
        old, new = before, parts[verifying.MANIFEST]
    info = parts["bag-info.txt"].decode()
    size = sum(len(body) for part, body in parts.items() if part.startswith("data/"))
    count = sum(1 for part in parts if part.startswith("data/"))
    fresh = "\n".join(f"Payload-Oxum: {size}.{count}" if "Oxum" in line else line for line in info.splitlines()) + "\n"
    tags = parts[verifying.TAG_MANIFEST].decode()
    tags = tags.replace(hashlib.sha256(info.encode()).hexdigest(), hashlib.sha256(fresh.encode()).hexdigest())
    parts["bag-info.txt"], parts[verifying.TAG_MANIFEST] = fresh.encode(), tags.encode()
    digest = hashlib.sha256(tags.encode()).hexdigest()
    seal = json.loads(parts["seal.json"])
    faults = verifying.verify(_rezipped(content, instead=parts)).faults
    assert [(one.kind, one.part) for one in faults] == [("changed", "seal.json")]
    seal["over"][2] = digest
    half = _rezipped(content, instead={**parts, "seal.json": json.dumps(seal).encode()})
    assert [one.words for one in verifying.verify(half).faults] == ["chữ ký của dấu niêm không đúng"]
    theirs = signer(b"khoa cua ke khac")
    seal["public_key"] = theirs.public_key().public_bytes_raw().hex()
    seal["signature"] = theirs.sign(verifying.PURPOSE + verifying._canonical(seal["over"])).hex()
    forged = _rezipped(content, instead={**parts, "seal.json": json.dumps(seal).encode()})
    assert verifying.verify(forged).signer == seal["public_key"]  # whole, but sealed by somebody else
    assert verifying.verify(forged, public_key=KEY).is_known is False


@given(st.binary(max_size=80), st.binary(min_size=1, max_size=8), st.integers(0, 511))
@hypothesis_settings(max_examples=15, deadline=None)
def test_the_script_judges_signatures_as_the_library_does(message: bytes, secret: bytes, bit: int) -> None:
    key = signer(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifying.is_signed(public, message, signature)
    spoiled = bytearray(signature)
    spoiled[bit // 8] ^= 1 << bit % 8
    assert not verifying.is_signed(public, message, bytes(spoiled))
    assert not verifying.is_signed(public, message + b"x", signature)


@accepts("HY-38")
def test_an_event_changed_in_the_extract_breaks_its_chain(cast: Cast, at: datetime) -> None:
    parts = unpacked(bytes_of(kept(cast, at)))
    lines = parts["data/log/audit.jsonl"].decode().splitlines()
    assert len([line for line in lines if '"event"' in line]) == Event.objects.filter(subject_kind="dossier").count()
    events = [json.loads(line) for line in lines]
    events[1]["actor"][1] = "Ai đó"
    body = "\n".join(json.dumps(one, ensure_ascii=False) for one in events).encode()
    faults = verifying.verify(_rezipped(bytes_of(Package.objects.get()), instead={"data/log/audit.jsonl": body})).faults
    assert any("sự kiện số 2" in one.words for one in faults)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"khong phai goi"])
def test_what_is_no_package_is_refused_quietly(content: bytes) -> None:
    assert [one.kind for one in verifying.verify(io.BytesIO(content)).faults] == ["broken"]


@accepts("HY-39")
def test_a_file_that_is_not_as_it_came_in_stops_the_package_and_is_told_once(cast: Cast, at: datetime) -> None:
    keeper, watcher = operator(cast), archivist(cast)
    code = withdrawn(cast, at)
    file = Enclosure.objects.get().file
    storage().delete(file.storage_key)
    storage().save(file.storage_key, ContentFile(b"%PDF-1.4 khac"))
    keep_all(at + MONTH)
    keep_all(at + MONTH + HOUR)
    assert not Package.objects.exists()
    assert "khác mã băm" in Hindrance.objects.get(dossier__code=code).words
    told = Message.objects.filter(kind="archive_fault")
    assert {one.recipient_account_id for one in told} == {keeper.account_id, watcher.account_id} and told.count() == 2
