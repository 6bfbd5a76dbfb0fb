"""Taking in the national data: idempotent, nothing guessed, every doubt reported, bad lines left behind."""

import gzip
import json
from datetime import timedelta

import pytest

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.procedures.actions import DEFECT_KINDS, import_lines, publish, resolve
from motcua.procedures.models import Defect, Procedure, ProcedureRevision, WithheldRecord
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, definition

pytestmark = pytest.mark.django_db


def record(**changes):
    """A national record without any defect."""
    whole = {
        "code": "1.004873",
        "name": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "decision_no": "163/QĐ-BTP",
        "levels": ["ward"],
        "sectors": [{"code": "G15-TP07", "name": "Hộ tịch"}],
        "executing": ["Ủy ban nhân dân cấp xã"],
        "authority": [],
        "coordinating": [],
        "subjects": [{"code": "ĐT1", "name": "Công dân Việt Nam"}],
        "methods": [
            {"method": way, "time": 3, "unit": "WORKING_DAY", "note": "", "fees": [{"value": 0, "note": ""}]}
            for way in ("ONLINE", "DIRECT", "POSTAL")
        ],
        "steps": [{"name": "Bước 1", "text": "Nộp hồ sơ."}],
        "document_groups": [
            {"case": "* Giấy tờ phải nộp:", "documents": [
                {"name": "Tờ khai", "original": 1, "copy": 0, "forms": ["Mẫu 01.doc"]}]},
            {"case": "* Giấy tờ phải xuất trình:", "documents": [
                {"name": "Hộ chiếu", "original": 0, "copy": 0, "forms": []}]},
        ],
        "cases": [],
        "results": [{"code": "KQ.G15.000030", "name": "Giấy xác nhận tình trạng hôn nhân"}],
        "legal_bases": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "requirements": "Không quy định.",
        "source": "https://dichvucong.example.vn/1.004873",
    }  # fmt: skip
    return whole | changes


def take(*records, at, source="test.jsonl"):
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in records]
    return import_lines(lines, source=source, by=BY, at=at)


def methods(*triples, fees=()):
    """Ways of filing from (way, time, unit)."""
    return [{"method": way, "time": time, "unit": unit, "note": "", "fees": list(fees)} for way, time, unit in triples]


def kinds_of(at, **changes):
    report = take(record(**changes), at=at)
    assert not report.bad_lines
    return set(report.defects)


def test_a_clean_record_has_every_part_and_no_defect(at):
    raw = record()
    report = take(raw, at=at)
    assert (report.new, report.defects, report.bad_lines) == (1, {}, [])
    revision = ProcedureRevision.objects.get()
    assert revision.raw == raw
    assert revision.title == "Cấp Giấy xác nhận tình trạng hôn nhân"
    assert (revision.time_amount, revision.time_unit) == (3, "working_days")
    assert revision.tiers == ["commune"]
    assert (revision.audience_person, revision.audience_organisation) == (True, False)
    assert revision.conditions == ""
    assert revision.fee_words == "Không thu"
    assert [(row.name, row.need, row.originals) for row in revision.requirements.all()] == [
        ("Tờ khai", "always", 1), ("Hộ chiếu", "shown", 0),
    ]  # fmt: skip
    assert revision.requirements.first().form_names == [{"name": "Mẫu 01.doc", "url": ""}]
    assert {(row.way, row.time_amount) for row in revision.methods.all()} == {
        ("online", 3),
        ("counter", 3),
        ("post", 3),
    }
    assert not revision.accepts_online


@accepts("BD-24")
def test_a_record_with_a_form_is_level_2_and_without_one_level_1(at):
    plain = [{"case": "", "documents": [{"name": "Đơn", "original": 1, "copy": 0, "forms": []}]}]
    take(record(), record(code="1.000001", name="Khác", document_groups=plain), at=at)
    assert dict(ProcedureRevision.objects.values_list("procedure__code", "service_level")) == {
        "1.004873": 2,
        "1.000001": 1,
    }


def test_the_same_file_again_changes_nothing(at):
    take(record(), at=at)
    events = Event.objects.count()
    report = take(record(), at=at + timedelta(days=1))
    assert (report.new, report.changed, report.same) == (0, 0, 1)
    assert ProcedureRevision.objects.count() == 1
    assert Event.objects.count() == events


@accepts("BD-8", "BD-64")
def test_a_changed_record_is_a_new_revision_from_that_day(at):
    take(record(), at=at)
    later = at + timedelta(days=60)
    report = take(record(requirements="Phải có mặt."), at=later)
    assert (report.new, report.changed) == (0, 1)
    old, new = ProcedureRevision.objects.order_by("number")
    assert (old.since, old.until) == (at.date(), later.date())
    assert (new.number, new.since, new.until, new.conditions) == (2, later.date(), None, "Phải có mặt.")


def test_what_was_worked_out_here_is_not_replaced(at):
    publish(definition(), by=BY, at=at)
    report = take(record(code="1.001193"), at=at)
    again = take(record(code="1.001193"), at=at)
    assert (report.withheld, again.withheld, report.new) == (1, 1, 0)
    assert ProcedureRevision.objects.get().accepts_online
    assert WithheldRecord.objects.get().raw["code"] == "1.001193"


def asking(name, originals, copies):
    """The paper of a record."""
    return {"document_groups": [{"case": "", "documents": [{"name": name, "original": originals, "copy": copies}]}]}


def costing(value, note):
    """The fee of a record."""
    return {"methods": methods(("ONLINE", 3, "DAY"), fees=[{"value": value, "note": note}])}


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("note_among_papers", asking("* Lưu ý", 0, 0)),
        ("absurd_count", asking("Mẫu 18", 181, 1)),
        ("amount_too_small", costing(700, "Phí thẩm định")),
        ("times_differ", {"methods": methods(("ONLINE", 18, "WORKING_DAY"), ("POSTAL", 4, "WORKING_DAY"))}),
        ("several_times", {"methods": methods(("ONLINE", 18, "WORKING_DAY"), ("ONLINE", 4, "WORKING_DAY"))}),
        ("unit_unknown", {"methods": methods(("ONLINE", 1, "OTHER"))}),
        ("unit_unknown", {"methods": methods(("ONLINE", 1, ""))}),
        ("unit_unknown", {"methods": methods(("ONLINE", "Theo mô tả", "OTHER"))}),
        ("part_of_day", {"methods": methods(("ONLINE", 7.5, "WORKING_DAY"))}),
        ("amount_in_note", costing(0, "150.000 đồng/hồ sơ")),
        ("amount_elsewhere", costing(None, "Do HĐND tỉnh quy định")),
        ("amount_missing", costing(None, "")),
        ("agency_repeated", {"executing": ["UBND cấp xã", "Ubnd cấp xã."]}),
        ("tier_unclear", {"levels": ["otheragency"]}),
        ("part_missing", {"legal_bases": []}),
        ("part_missing", {"document_groups": []}),
        ("case_time_differs", {"cases": [{"code": "1.004873.01", "name": "Một", "qty": 20, "unit": "DAY"}]}),
    ],
)  # fmt: skip
def test_each_defect_of_the_data_is_found_kept_and_blocks_filing(at, kind, changes):
    assert kind in kinds_of(at, **changes)
    revision = ProcedureRevision.objects.get()
    assert revision.defects.filter(code=kind).exists()
    assert revision.open_defects == revision.defects.count() > 0
    assert kind in DEFECT_KINDS


def test_numbers_are_reported_not_corrected(at):
    take(record(document_groups=[{"case": "", "documents": [{"name": "Đơn", "original": 181, "copy": 1}]}]), at=at)
    assert ProcedureRevision.objects.get().requirements.get().originals == 181


def test_two_decisions_in_one_file_or_in_two_crawls_are_a_contradiction(at):
    assert "two_decisions" in take(record(), record(decision_no="56/QĐ-BXD"), at=at).defects
    assert "two_decisions" in take(record(decision_no="1077/QĐ-BXD"), at=at + timedelta(days=2)).defects
    assert "two_decisions" not in take(record(decision_no="9/QĐ-BTP"), at=at + timedelta(days=90)).defects


def test_one_name_under_several_codes_is_told_to_each(at):
    report = take(record(), record(code="1.000002", name="Thủ tục cấp giấy xác nhận tình trạng hôn nhân."), at=at)
    assert {code for code, _ in report.defects["same_name"]} == {"1.004873", "1.000002"}
    assert Defect.objects.filter(code="same_name").count() == 2
    take(record(), record(code="1.000002", name="Thủ tục cấp giấy xác nhận tình trạng hôn nhân."), at=at)
    assert Defect.objects.filter(code="same_name").count() == 2
    assert set(ProcedureRevision.objects.values_list("open_defects", flat=True)) == {1}


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"code": "1.000001"}', b'{"code": 1, "name": "x"}',
        b'{"code": "khong-phai-ma", "name": "x"}', b'{"code": "1.000001", "name": "x", "methods": {}}',
        b'{"code": "1.000001", "name": "x", "methods": ["a"]}', b'{"code": "1.000001", "name": "a\\u0000b"}',
        b'{"code": "1.000001", "name": "x", "document_groups": [{"documents": "x"}]}',
        b'{"code": "1.000001", "name": "x", "methods": [{"fees": [1]}]}', b'{"code": "1.000001", "name": "\\ud800"}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_bad_line_is_told_by_its_number_and_the_rest_goes_on(at, line):
    report = take(record(), b"", line, record(code="1.000009", name="Sau dòng hỏng"), at=at)
    assert [number for number, _ in report.bad_lines] == [3]
    assert report.bad_lines[0][1]
    assert report.new == 2


def test_a_flat_record_of_the_other_crawl_shows_the_same_defects(at):
    flat = {
        "code": "1.013831", "ministry": "Bộ", "name": "Đăng ký biến động", "decision_no": "3380/QĐ-BNNMT",
        "level": "Cấp tỉnh", "kind": "", "sector": "Đất đai", "subjects": "Công dân Việt Nam",
        "executing": "Văn phòng đăng ký đất đai", "authority": "", "coordinating": "", "steps": "Nộp.",
        "methods_text": "Trực tuyến18 Ngày làm việcMiễn phí(Theo quy định.)Dịch vụ bưu chính4 Ngày làm việc"
        "700 VNĐ(Phí: 700.000 đồng/cơ sở.)Trực tiếp18 Ngày làm việcMiễn phí",
        "documents": [{"name": "Đơn", "original": 181, "copy": 1}], "result": "Giấy chứng nhận",
        "legal": "31/2024/QH15",
        "requirements": "", "source": "",
    }  # fmt: skip
    report = take(flat, at=at)
    assert {"absurd_count", "times_differ", "amount_too_small"} <= set(report.defects)
    revision = ProcedureRevision.objects.get()
    assert revision.raw == flat
    assert {(row.way, row.time_amount) for row in revision.methods.all()} == {
        ("online", 18),
        ("post", 4),
        ("counter", 18),
    }


def test_settling_a_defect_says_who_and_when_and_cannot_happen_twice(at):
    take(record(methods=methods(("ONLINE", 1, "OTHER"))), at=at)
    defect = Defect.objects.get()
    with pytest.raises(Refusal, match="đã xác minh thế nào"):
        resolve(defect.pk, finding=" ", by=BY, at=at)
    settled = resolve(defect.pk, finding="Trong ngày làm việc", by=BY, at=at)
    assert (settled.resolved_at, settled.resolved_by) == (at, "tests")
    assert ProcedureRevision.objects.get().open_defects == 0
    event = Event.objects.get(verb="resolve_defect")
    assert event.body["finding"] == "Trong ngày làm việc"
    with pytest.raises(Refusal, match="đã xử lý"):
        resolve(defect.pk, finding="Lại", by=BY, at=at)
    with pytest.raises(Refusal, match="Không có lỗi"):
        resolve(defect.pk + 999, finding="x", by=BY, at=at)


def test_what_was_settled_word_for_word_stays_settled_in_the_next_revision(at):
    doubtful = methods(("ONLINE", 1, "OTHER"))
    take(record(methods=doubtful), at=at)
    resolve(Defect.objects.get().pk, finding="Trong ngày", by=BY, at=at)
    take(record(methods=doubtful, requirements="Mới"), at=at)
    take(record(methods=doubtful, requirements="Mới hơn"), at=at + timedelta(days=1))
    newest = ProcedureRevision.objects.get(number=2)
    assert newest.open_defects == 0
    assert newest.defects.get().resolved_by == "tests"


def test_the_502_real_records_are_taken_in_and_none_is_offered_online(at, shared):
    with gzip.open(shared / "procedures" / "structured_502.jsonl.gz") as file:
        lines = file.readlines()
    report = import_lines(lines, source="structured_502.jsonl.gz", by=BY, at=at)
    assert (report.new, report.bad_lines) == (502, [])
    assert Procedure.objects.count() == 502
    assert not any(revision.accepts_online for revision in ProcedureRevision.objects.defer("raw"))
    assert {
        "note_among_papers", "unit_unknown", "amount_in_note", "agency_repeated", "same_name", "times_differ",
        "amount_too_small", "several_times", "part_of_day",
    } <= set(report.defects)  # fmt: skip
    again = import_lines(lines, source="structured_502.jsonl.gz", by=BY, at=at + timedelta(days=1))
    assert (again.same, again.new, again.changed) == (502, 0, 0)
    assert {kind: len(found) for kind, found in again.defects.items()} == {
        kind: len(found) for kind, found in report.defects.items()
    }


def test_the_command_prints_a_report(at, clock, tmp_path, capsys):
    import argparse
    import importlib

    command = importlib.import_module("motcua.console.commands.import")
    file = tmp_path / "records.jsonl"
    file.write_bytes(json.dumps(record(levels=[])).encode() + b"\n{\n")
    assert command.run(argparse.Namespace(what="procedures", file=file)) == 0
    printed = capsys.readouterr().out
    assert "1 mới" in printed
    assert "dòng 2" in printed
    assert "tier_unclear: 1 chỗ, 1 thủ tục" in printed
    assert command.run(argparse.Namespace(what="procedures", file=tmp_path / "none.jsonl")) == 1


def test_defects_are_listed_and_settled_from_the_command_line(at, clock, capsys):
    import argparse

    from motcua.console.commands import defects

    take(record(levels=[]), at=at)
    number = Defect.objects.get().pk
    assert defects.run(argparse.Namespace(verb="list", kind="", code="1.004873")) == 0
    assert f"{number}\t1.004873\ttier_unclear" in capsys.readouterr().out
    settle = argparse.Namespace(verb="resolve", number=number, finding="Cấp xã", by="Trần Thị Thu")
    assert defects.run(settle) == 0
    assert defects.run(settle) == 1
    assert Defect.objects.get().resolved_by == "Trần Thị Thu"
