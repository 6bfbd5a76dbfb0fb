"""Uploaded files: what is kept, what is refused and why, and how they are handed out."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pikepdf
import pytest
from django.test import RequestFactory

from motcua.base.errors import Refusal
from motcua.files import actions, queries
from motcua.files.models import ScanState, StoredFile
from motcua.files.ports import ScannerUnavailable
from motcua.files.serving import serve
from motcua.files.storage import storage
from motcua.rules.people import Actor
from motcua.rules.uploads import PAPER_TYPES, FileType, UploadLimits
from tests.rooms import file_samples as samples
from tests.rooms.file_samples import upload

LAN = Actor(account_id=8, name="Trần Thị Lan")
WORD = UploadLimits(types=PAPER_TYPES | {FileType.DOCX})

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def store(name: str, content: bytes, at: datetime, **more: Any) -> StoredFile:
    return actions.store(upload(name, content), by=LAN, at=at, **more)


def read(file: StoredFile) -> bytes:
    with queries.open_file(file) as kept:
        return bytes(kept.read())


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [
        ("Giấy chứng sinh.pdf", samples.pdf(3), "application/pdf", 3),
        ("mở trang đầu.pdf", samples.pdf(1, samples.jump), "application/pdf", 1),
        ("ảnh.JPG", samples.picture("JPEG"), "image/jpeg", 1),
        ("ảnh.png", samples.picture("PNG"), "image/png", 1),
        ("đơn.docx", samples.docx(), FileType.DOCX.value, None),
    ],
)
def test_an_honest_file_is_kept_byte_for_byte(
    name: str, content: bytes, kind: str, pages: int | None, at: datetime
) -> None:
    file = store(name, content, at, limits=WORD)
    assert (file.name, file.content_type, file.size, file.page_count) == (name, kind, len(content), pages)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    with queries.open_file(file) as kept:
        assert kept.read() == content
    assert queries.is_intact(file)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rỗng.pdf", b"", "rỗng (0 byte)"),
        ("trang.html", b"<html><script>alert(1)</script>", "không phải là loại được nhận"),
        ("hình.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "không phải là loại được nhận"),
        ("virus.exe", b"MZ\x90\x00" + bytes(200), "không phải là loại được nhận"),
        ("giả.pdf", samples.picture("PNG"), "không khớp với nội dung"),
        ("giả.jpg", samples.pdf(), "không khớp với nội dung"),
        ("đơn.docx", samples.docx(), "là tệp Word"),
        ("khóa.pdf", samples.pdf(1, None, encryption=pikepdf.Encryption(user="a", owner="b")), "có mật khẩu"),
        ("cụt.pdf", samples.pdf(3)[:300], "Không mở được"),
        ("cụt.jpg", samples.picture("JPEG")[:2000], "Không mở được"),
        ("cụt.png", samples.picture("PNG")[:-20], "Không mở được"),
        ("mã.pdf", samples.pdf(1, samples.action("/JavaScript")), "mã lệnh hoặc tệp nhúng"),
        ("gọi.pdf", samples.pdf(1, samples.action("/Launch")), "mã lệnh hoặc tệp nhúng"),
        ("gửi.pdf", samples.pdf(1, samples.action("/SubmitForm")), "mã lệnh hoặc tệp nhúng"),
        ("nhúng.pdf", samples.pdf(1, samples.embed), "mã lệnh hoặc tệp nhúng"),
        ("lẫn.pdf", samples.pdf() + b"\n<html><script>alert(1)</script></html>", "lẫn dữ liệu"),
        ("lẫn-trước.pdf", b"<html><!--" + samples.pdf(), "lẫn dữ liệu"),
        ("lẫn-zip.pdf", samples.pdf() + samples.docx(), "lẫn dữ liệu"),
        ("lẫn.jpg", samples.picture() + samples.docx(), "lẫn dữ liệu"),
        ("lẫn.png", samples.picture("PNG") + b"<script >alert(1)</script>", "lẫn dữ liệu"),
        ("bom.png", samples.pixel_bomb(), "quá lớn"),
        ("không trang.pdf", samples.pdf(0), "không có trang nào"),
    ],
)
def test_a_bad_file_is_refused_in_words_that_help(
    name: str, content: bytes, words: str, at: datetime, folder: Path
) -> None:
    with pytest.raises(Refusal) as refused:
        store(name, content, at)
    assert words in refused.value.messages[0]
    assert refused.value.status == 422
    assert StoredFile.objects.count() == 0
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("extra", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/embeddings/a.docx"])
def test_a_word_file_with_macros_or_objects_is_refused(extra: str, at: datetime) -> None:
    with pytest.raises(Refusal, match="mã lệnh"):
        store("đơn.docx", samples.docx(extra), at, limits=WORD)


def test_a_bomb_costs_neither_memory_nor_time(at: datetime) -> None:
    bomb = samples.flate_bomb()
    assert len(bomb) < 1_000_000
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(Refusal):
        store("bom.pdf", bomb, at)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kilobytes"
    assert time.process_time() - begun < 4


def test_a_hundred_megabytes_are_refused_without_looking_inside(at: datetime) -> None:
    class Endless(io.BytesIO):
        def read(self, *size: int) -> bytes:  # type: ignore[override]
            raise AssertionError("looked inside")

    huge = upload("phim.pdf", b"%PDF-")
    huge.file, huge.size = Endless(), 100_000_000
    with pytest.raises(Refusal, match="nặng 100 MB") as refused:
        actions.store(huge, by=LAN, at=at)
    assert refused.value.status == 413


def test_while_a_film_arrives_it_is_not_kept_and_the_other_answers_are(settings: Any, rf: RequestFactory) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["motcua.files.handlers.CappedUploadHandler"]
    settings.UPLOAD_MAX_BYTES = 100_000
    film = upload("phim.pdf", b"%PDF-" + bytes(3_000_000))
    request = rf.post("/", {"full_name": "Lan", "paper": film, "other": upload("nhỏ.pdf", b"%PDF-1.4 abc")})
    assert request.POST["full_name"] == "Lan"
    assert request.FILES["paper"].size == 3_000_005
    assert os.stat(request.FILES["paper"].temporary_file_path()).st_size == 0
    assert request.FILES["other"].read() == b"%PDF-1.4 abc"
    request.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\khai sinh.pdf", "khai sinh.pdf"),
        ("..\\..\\a\x00b.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("Giấy" + "ấ" * 300 + ".pdf", None),
    ],
)
def test_names_are_only_words_never_paths(given: str, kept: str | None, at: datetime) -> None:
    uploaded = upload("x.pdf", samples.pdf())
    uploaded._name = given  # type: ignore[attr-defined] - Django would shorten it before us
    file = actions.store(uploaded, by=LAN, at=at)
    assert kept is None or file.name == kept
    assert len(file.name.encode()) <= 255
    assert file.name.endswith(".pdf")
    assert "passwd" not in file.storage_key


def test_the_same_file_twice_for_one_component_is_refused(at: datetime) -> None:
    first = store("a.pdf", samples.pdf(2), at)
    limits = UploadLimits(max_files=3, files_so_far=1)
    with pytest.raises(Refusal, match="giống hệt tệp “a"):
        store("b.pdf", read(first), at, limits=limits, siblings=[first])


def test_what_is_stored_is_on_the_disk_before_it_is_acknowledged(at: datetime, monkeypatch: Any) -> None:
    synced: list[str] = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))[0]
    )
    file = store("a.pdf", samples.pdf(), at)
    path = Path(storage().path(file.storage_key))
    assert f"{path}.part" in synced
    assert synced[-1] == str(path.parent)
    assert str(path.parent.parent) in synced


class Scanner:
    """A scanner that is told what to find."""

    answer: str | Exception = ""

    def scan(self, stream: IO[bytes]) -> str:
        if isinstance(Scanner.answer, Exception):
            raise Scanner.answer
        return "Eicar-Test" if samples.EICAR in stream.read() else Scanner.answer


@pytest.fixture
def scanner(settings: Any) -> Iterator[type[Scanner]]:
    settings.SCANNER = "tests.rooms.test_files.Scanner"
    Scanner.answer = ""
    yield Scanner


def test_without_a_scanner_files_are_readable_and_called_not_scanned(at: datetime) -> None:
    file = store("a.pdf", samples.pdf(), at)
    assert (file.state, file.is_readable) == (ScanState.UNSCANNED, True)
    assert file.get_state_display() == "Chưa quét mã độc"


def test_a_scanned_file_is_clean_and_one_with_malware_is_refused(at: datetime, scanner: type[Scanner]) -> None:
    assert store("a.pdf", samples.pdf(), at).state == ScanState.CLEAN
    with pytest.raises(Refusal, match="Eicar-Test"):
        store("b.pdf", samples.pdf() + samples.EICAR, at)


def test_while_the_scanner_is_down_files_wait_and_nobody_opens_them(at: datetime, scanner: type[Scanner]) -> None:
    Scanner.answer = ScannerUnavailable()
    good, bad = store("a.pdf", samples.pdf(1), at), store("b.pdf", samples.pdf(2) + samples.EICAR, at)
    with pytest.raises(Refusal, match="đang chờ quét"):
        queries.open_file(good)
    assert actions.scan_waiting() == 0

    Scanner.answer = ""
    assert actions.scan_waiting() == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert read(good) == samples.pdf(1)
    with pytest.raises(Refusal, match="đã bị chặn"):
        queries.open_file(bad)
    assert actions.scan_waiting() == 0


def test_a_file_is_served_so_that_nothing_in_it_runs(at: datetime) -> None:
    name = 'Giấy "khai" sinh\r\n.pdf'
    response = serve(store(name, samples.pdf(), at), inline=True)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''Gi%E1%BA%A5y")
    assert b"".join(response) == samples.pdf()
    response.close()


def test_a_word_file_is_always_a_download(at: datetime) -> None:
    response = serve(store("đơn.docx", samples.docx(), at, limits=WORD), inline=True)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].endswith("sandbox")
    response.close()


def test_the_sweep_removes_what_nobody_owns_and_only_that(at: datetime, folder: Path) -> None:
    now = datetime.now(at.tzinfo)
    old, owned, fresh = (store("a.pdf", samples.pdf(pages), now) for pages in (1, 2, 3))
    StoredFile.objects.filter(pk__in=[old.pk, owned.pk]).update(uploaded_at=now - timedelta(days=3))
    actions.claim([owned], owner="dossier:1")
    stray = folder / "aa" / "bb" / "stray"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"rolled back")
    os.utime(stray, (0, 0))

    assert actions.sweep(at=now) == 2
    assert actions.sweep(at=now) == 0
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {owned.pk, fresh.pk}
    assert not stray.exists()
    assert queries.is_intact(owned)
    assert queries.is_intact(fresh)

    actions.release(owner="dossier:1")
    assert actions.sweep(at=now) == 1


def test_a_changed_or_lost_file_is_noticed(at: datetime) -> None:
    file = store("a.pdf", samples.pdf(), at)
    path = Path(storage().path(file.storage_key))
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    assert not queries.is_intact(file)
    path.unlink()
    assert not queries.is_intact(file)


def test_a_photograph_is_kept_without_the_place_it_was_taken_at(at: datetime) -> None:
    """Decision 0020: the digest is of what is kept, and the same photograph is still known as a twin."""
    given = samples.photograph()
    kept = store("anh.jpg", given, at)
    found = read(kept)
    assert samples.PLACE in given and samples.PLACE not in found and len(found) < len(given)
    assert (kept.sha256, kept.size) == (hashlib.sha256(found).hexdigest(), len(found))
    with pytest.raises(Refusal, match=r"anh\.jpg"):
        store("lai.jpg", given, at, siblings=[kept])
