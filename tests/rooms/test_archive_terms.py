"""How long dossiers are kept, when they go into the archive, holds, lists for destruction, the weekly look."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from motcua.archive import queries
from motcua.archive.actions import approve, check_sample, confirm_term, drop, keep, lift, place, propose, remove_bytes
from motcua.archive.facts import term_of
from motcua.archive.models import Destruction, DestructionLine, Hold, Package
from motcua.archive.queries import Tab, Wanted
from motcua.archive.vault import vault
from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.dossiers.models import Dossier, Enclosure
from motcua.files.actions import sweep
from motcua.files.models import StoredFile
from motcua.notifications.models import Message
from motcua.papers.models import IssuedPaper
from motcua.policy.models import Clause
from motcua.policy.queries import clauses_in_force
from motcua.rules.people import Actor, Role
from motcua.rules.retention import Term, ends_on, is_over, sample_size
from tests.acceptance.proof import accepts
from tests.cast import SINCE
from tests.rooms.archived import DAY, MONTH, archivist, bytes_of, delivered, keep_all, kept, term, withdrawn
from tests.rooms.late import SYSTEM, operator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_vault_of_its_own(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


def years_on(at: datetime, years: int) -> datetime:
    return at.replace(year=at.year + years)


# --- terms


@accepts("HY-37")
@pytest.mark.parametrize(
    ("term", "closed", "last"),
    [
        (Term.YEARS_2, date(2026, 11, 18), date(2028, 11, 18)),
        (Term.YEARS_5, date(2024, 2, 29), date(2029, 2, 28)),
        (Term.YEARS_20, date(2024, 2, 29), date(2044, 2, 29)),
        (Term.YEARS_10, date(2026, 12, 31), date(2036, 12, 31)),
        (Term.YEARS_70, date(2026, 1, 1), date(2096, 1, 1)),
        (Term.PERMANENT, date(2026, 1, 1), None),
    ],
)
def test_a_term_lasts_to_the_same_day_of_its_last_year_and_is_over_the_day_after(term, closed, last) -> None:
    assert ends_on(term, closed) == last
    if last is None:
        assert not is_over(last, date(9999, 12, 31))
    else:
        assert not is_over(last, last) and is_over(last, last + timedelta(days=1))


@pytest.mark.parametrize(("kept", "drawn"), [(0, 0), (1, 1), (100, 1), (101, 2), (20_000, 200)])
def test_one_in_a_hundred_is_looked_at_a_week(kept, drawn) -> None:
    assert sample_size(kept) == drawn


def said(at: datetime, *, procedure: str = "2.000635", sector: str = "G99-XX01", agency: int = 1):
    found = term_of(clauses_in_force(at), day=at.date(), agency_id=agency, procedure=procedure, sector=sector)
    return found.term, found.is_confirmed


@accepts("HY-37")
def test_the_term_is_that_of_the_procedure_else_of_the_sector_else_general_and_unsaid_ones_are_marked(cast, at) -> None:
    agency = cast.commune
    assert said(at) == (Term.YEARS_20, False)
    assert said(at, sector="G15-TP07") == (Term.PERMANENT, False)
    term("10")
    assert said(at) == (Term.YEARS_10, True)
    assert said(at, sector="G15-TP07") == (Term.PERMANENT, False)  # nobody has said less for a whole sector
    term("70", procedure_code="2.000635")
    assert said(at, sector="G15-TP07") == (Term.YEARS_70, True)
    term("5", procedure_code="2.000635", agency=agency)
    assert said(at, agency=agency.pk) == (Term.YEARS_5, True) and said(at, agency=0) == (Term.YEARS_70, True)
    assert said(at, procedure="1.000000") == (Term.YEARS_10, True)


# --- going in


@accepts("HY-37")
def test_a_closed_dossier_goes_in_after_the_days_of_its_policy_with_the_term_counted_from_its_closing(cast, at) -> None:
    term("10", procedure_code="2.000635")
    code = delivered(cast, at)
    still_open = str(cast.submitted().code)
    closed = Dossier.objects.get(code=code).closed_at
    keep_all(closed + 30 * DAY - timedelta(seconds=1))
    assert not Package.objects.exists()
    keep_all(closed + 30 * DAY)
    package = Package.objects.get()
    assert (package.code, package.term, package.term_confirmed) == (code, "10", True)
    assert package.ends_on == date(2036, 11, 18) and package.term_basis == "Danh mục hồ sơ năm 2018"
    assert Dossier.objects.get(code=still_open).closed_at is None
    event = Event.objects.get(subject_kind="archive", subject_id=code)
    assert event.verb == "keep" and event.body["sha256"] == package.sha256 and event.body["ends_on"] == "2036-11-18"


def test_the_days_are_a_clause_pinned_to_the_dossier(cast, at) -> None:
    Clause.objects.create(key="archive_after_days", value=5, since=SINCE, basis="QĐ")
    code = withdrawn(cast, at)
    keep_all(at + 5 * DAY - timedelta(seconds=1))
    assert not Package.objects.exists()
    keep_all(at + 5 * DAY)
    assert Package.objects.get().code == code


@accepts("HY-37")
def test_the_job_run_again_makes_nothing_anew(cast, at) -> None:
    package = kept(cast, at)
    content = bytes_of(package)
    keep_all(at + 2 * MONTH)
    assert keep(package.dossier_id, by=SYSTEM, at=at + 2 * MONTH) is None
    assert Package.objects.count() == 1 and bytes_of(package) == content
    assert Event.objects.filter(verb="keep").count() == 1


def test_what_a_dead_worker_left_in_the_vault_is_replaced(cast, at) -> None:
    from django.core.files.base import ContentFile

    code = withdrawn(cast, at)
    vault().save(f"2026/H08.41.01/{code}.zip", ContentFile(b"half"))
    package = kept(cast, at, code)
    assert package.key == f"2026/H08.41.01/{code}.zip" and len(bytes_of(package)) == package.size


@accepts("HY-37")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_package(cast, at) -> None:
    codes = {withdrawn(cast, at) for _ in range(3)}
    gate = threading.Barrier(2)
    faults: list[Exception] = []

    def work() -> None:
        gate.wait()
        try:
            keep_all(at + MONTH)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keep_all(at + MONTH)
    assert not faults and {row.code for row in Package.objects.order_by("pk")} == codes
    assert Event.objects.filter(verb="keep").count() == 3
    assert set(vault().listdir("2026/H08.41.01")[1]) == {f"{code}.zip" for code in codes}


# --- holds and terms by hand


def test_only_the_archivist_of_the_agency_holds_lifts_and_says_terms(cast, at) -> None:
    yen, code = archivist(cast), kept(cast, at).code
    other = cast.post(cast.officer("nga", "Vũ Nga"), Role.ARCHIVIST, cast.other_commune)
    for stranger in (cast.minh, cast.quang, other, cast.lan):
        with pytest.raises(Refusal) as no:
            place(code, reason="Khiếu nại", by=stranger, at=at + MONTH)
        assert no.value.status == 403
    with pytest.raises(Refusal):
        place(code, reason=" ", by=yen, at=at + MONTH)
    place(code, reason="Khiếu nại số 12", by=yen, at=at + MONTH)
    with pytest.raises(Refusal):
        place(code, reason="Vụ khác", by=yen, at=at + MONTH)
    lift(code, reason="Đã giải quyết xong", by=yen, at=at + MONTH)
    with pytest.raises(Refusal):
        lift(code, reason="Lần nữa", by=yen, at=at + MONTH)
    assert Hold.objects.get().lifted_by_name == "Đinh Hải Yến"


@accepts("HY-37")
def test_an_unsaid_term_is_confirmed_for_what_is_kept_and_for_what_comes(cast, at) -> None:
    yen, first = archivist(cast), kept(cast, at)
    assert (first.term, first.term_confirmed) == ("permanent", False)
    later = at + MONTH
    done = confirm_term("2.000635", "5", agency=cast.commune, basis="Danh mục số 3", by=yen, at=later)
    first.refresh_from_db()
    assert done == 1 and (first.term, first.term_confirmed, first.ends_on) == ("5", True, date(2031, 11, 18))
    second = kept(cast, later + DAY)
    second = Package.objects.exclude(pk=first.pk).get()
    assert (second.term, second.term_confirmed, second.term_basis) == ("5", True, "Danh mục số 3")


# --- destruction


@pytest.fixture
def over(cast, at):
    """Two packages kept for two years, which are over; Yến and Vân keep the archive."""
    term("2", procedure_code="2.000635")
    rows = [kept(cast, at), kept(cast, at)]
    rows = list(Package.objects.order_by("pk"))
    return rows, archivist(cast), archivist(cast, "van", "Lý Thanh Vân"), years_on(at, 2) + DAY


def codes(rows) -> list[str]:
    return [row.code for row in rows]


@accepts("HY-37")
def test_nothing_is_destroyed_by_the_clock(cast, at, over) -> None:
    from motcua.jobs import tasks  # the jobs are all there is that acts without a person

    rows, *_ = over
    later = years_on(at, 80)
    keep_all(later)
    check_sample(by=SYSTEM, at=later)
    remove_bytes()
    assert not hasattr(tasks, "destroy") and Package.objects.filter(destroyed_at=None).count() == 2
    assert Dossier.objects.count() == 2 and all(bytes_of(row) for row in rows)


@accepts("HY-37")
def test_a_list_needs_two_persons_and_leaves_a_record_with_digests(
    cast, at, over, django_capture_on_commit_callbacks
) -> None:
    rows, yen, van, later = over
    listed = propose(codes(rows), reason="Danh mục hết thời hạn năm 2028", by=yen, at=later)
    assert Package.objects.filter(destroyed_at=None).count() == 2
    with pytest.raises(Refusal) as no:
        approve(listed.pk, by=yen, at=later)
    assert no.value.status == 403
    papers = [row.key for row in rows]
    ids = [str(row.dossier.public_id) for row in rows]
    with django_capture_on_commit_callbacks(execute=True):
        approve(listed.pk, by=van, at=later)
    assert not Dossier.objects.exists() and not IssuedPaper.objects.exists() and not Enclosure.objects.exists()
    assert not Message.objects.exclude(subject_ref="").exists()
    assert not any(vault().exists(key) for key in papers)
    sweep(at=later)
    assert not StoredFile.objects.exists()
    lines = list(DestructionLine.objects.order_by("pk"))
    assert [line.destroyed_at for line in lines] == [later, later]
    assert lines[0].digests["package"] == rows[0].sha256 and len(lines[0].digests["data/metadata.json"]) == 64
    left = Package.objects.order_by("pk")[0]
    assert (left.destroyed_at, left.dossier_id, left.key, left.sha256) == (later, None, None, rows[0].sha256)
    assert "Nguyễn Thị Lan" not in str([row.__dict__ for row in Package.objects.order_by("pk")])
    verbs = set(Event.objects.filter(at=later).values_list("subject_kind", "verb"))
    assert {("archive", "destroy"), ("destruction", "approve_destruction"), ("dossier", "erase")} <= verbs
    assert Event.objects.filter(subject_kind="dossier", subject_id__in=ids).count() > 4  # the record of acts stays


def test_the_database_itself_refuses_a_list_decided_by_its_author(cast, at, over) -> None:
    rows, yen, _, later = over
    listed = propose(codes(rows), reason="Hết hạn", by=yen, at=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=listed.pk).update(decided_by_id=yen.account_id, approved_at=later)


def test_whoever_stands_in_for_the_author_is_not_the_second_person(cast, at, over) -> None:
    from dataclasses import replace

    rows, yen, van, later = over
    listed = propose(codes(rows), reason="Hết hạn", by=yen, at=later)
    post = replace(van.posts[0], instead_of_id=yen.account_id, instead_of=yen.name)
    with pytest.raises(Refusal):
        approve(listed.pk, by=replace(van, posts=(post,)), at=later)
    approve(listed.pk, by=cast.quang, at=later)  # a leader may
    assert Destruction.objects.get().decided_by_name == "Võ Minh Quang"


@accepts("HY-37")
def test_what_is_held_after_the_proposal_is_spared_and_the_list_says_why(cast, at, over) -> None:
    rows, yen, van, later = over
    listed = propose(codes(rows), reason="Hết hạn", by=yen, at=later)
    place(rows[0].code, reason="Tòa án yêu cầu", by=yen, at=later)
    approve(listed.pk, by=van, at=later)
    assert codes(Package.objects.filter(destroyed_at=None)) == [rows[0].code]
    assert Dossier.objects.get().code == rows[0].code and bytes_of(rows[0])
    assert "Tòa án yêu cầu" in DestructionLine.objects.get(package=rows[0]).spared


@accepts("HY-37")
def test_what_may_not_be_destroyed_is_not_listed(cast, at, over) -> None:
    rows, yen, _, later = over
    code = rows[0].code

    def refused(when: datetime, by: Actor = yen, which: str = code) -> str:
        with pytest.raises(Refusal) as no:
            propose([which], reason="Hết hạn", by=by, at=when)
        return " ".join(no.value.messages)

    assert "còn phải lưu đến hết ngày 18/11/2028" in refused(years_on(at, 2))  # its very last day
    assert refused(later, by=cast.minh) and refused(later, which="H08.41.01-000000-0000")
    Package.objects.filter(code=code).update(term_confirmed=False)
    assert "chưa được xác nhận" in refused(later)
    Package.objects.filter(code=code).update(term_confirmed=True, term="permanent", ends_on=None)
    assert "còn phải lưu vĩnh viễn" in refused(years_on(at, 200))
    Package.objects.filter(code=code).update(term="2", ends_on=date(2028, 11, 18))
    place(code, reason="Vụ việc", by=yen, at=later)
    assert "đang được giữ lại" in refused(later)
    lift(code, reason="Xong", by=yen, at=later)
    propose([code], reason="Hết hạn", by=yen, at=later)
    assert "chờ duyệt" in refused(later)
    with pytest.raises(Refusal):
        propose([rows[1].code], reason=" ", by=yen, at=later)


def test_a_dropped_list_destroys_nothing_and_frees_its_packages(cast, at, over) -> None:
    rows, yen, van, later = over
    listed = propose(codes(rows), reason="Hết hạn", by=yen, at=later)
    drop(listed.pk, reason="Rà soát lại", by=van, at=later)
    with pytest.raises(Refusal):
        approve(listed.pk, by=van, at=later)
    assert Dossier.objects.count() == 2
    propose(codes(rows), reason="Hết hạn", by=van, at=later)


def test_a_list_of_another_agency_does_not_exist(cast, at, over) -> None:
    rows, yen, _, later = over
    listed = propose(codes(rows), reason="Hết hạn", by=yen, at=later)
    other = cast.post(cast.officer("nga", "Vũ Nga"), Role.ARCHIVIST, cast.other_commune)
    for stranger in (other, cast.minh):
        with pytest.raises(Refusal) as no:
            approve(listed.pk, by=stranger, at=later)
        assert no.value.status == 404
        assert not queries.page(stranger, Tab.KEPT, Wanted(), at=later).rows


def test_a_dossier_that_is_kept_cannot_be_deleted_past_the_archive(cast, at) -> None:
    from django.db.models import ProtectedError

    package = kept(cast, at)
    with pytest.raises(ProtectedError):
        package.dossier.delete()


# --- looking again


@accepts("HY-38", "HY-39")
def test_a_changed_or_lost_package_is_found_by_the_weekly_look_and_told_once(cast, at) -> None:
    keeper, yen = operator(cast), archivist(cast)
    package = kept(cast, at)
    assert check_sample(by=SYSTEM, at=at + MONTH) == (1, 0)
    path = vault().path(package.key)
    content = bytearray(bytes_of(package))
    content[len(content) // 2] ^= 1
    with open(path, "wb") as file:
        file.write(content)
    assert check_sample(by=SYSTEM, at=at + MONTH + 7 * DAY) == (1, 1)
    assert check_sample(by=SYSTEM, at=at + MONTH + 14 * DAY) == (1, 1)
    package.refresh_from_db()
    assert "khác mã băm" in package.fault and package.checked_at == at + MONTH + 14 * DAY
    told = Message.objects.filter(kind="archive_fault")
    assert {one.recipient_account_id for one in told} == {keeper.account_id, yen.account_id} and told.count() == 2
    assert package.code in told[0].subject and Event.objects.filter(verb="fault").count() == 1
    vault().delete(package.key)
    check_sample(by=SYSTEM, at=at + MONTH + 21 * DAY)
    package.refresh_from_db()
    assert "Không còn thấy" in package.fault


def test_all_are_looked_at_within_a_year_and_the_draw_of_a_week_is_one(cast, at, monkeypatch) -> None:
    first, second = kept(cast, at), kept(cast, at)
    second = Package.objects.exclude(pk=first.pk).get()
    looked: list[int] = []
    monkeypatch.setattr("motcua.archive.actions.check._fault", lambda package: looked.append(package.pk) or "")
    when = at + MONTH + DAY
    check_sample(by=SYSTEM, at=when)
    check_sample(by=SYSTEM, at=when)
    assert len(looked) == 2 and len(set(looked)) == 1
    Package.objects.filter(pk__in={first.pk, second.pk} - set(looked)).update(checked_at=when - timedelta(days=359))
    check_sample(by=SYSTEM, at=when)
    assert set(looked) == {first.pk, second.pk}
