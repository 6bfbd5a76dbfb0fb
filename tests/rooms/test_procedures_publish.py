"""Publishing a procedure: everything checked together, then one revision that never changes."""

from datetime import date, timedelta

import pytest

from motcua.audit.models import Event
from motcua.base.errors import Refusal
from motcua.procedures.actions import offer, publish
from motcua.procedures.models import Offering, Procedure, ProcedureRevision
from motcua.procedures.queries import catalogue
from tests.acceptance.proof import accepts
from tests.rooms.catalogue_samples import BY, commune, definition, offered, simple

pytestmark = pytest.mark.django_db


def test_a_whole_definition_becomes_a_revision_with_every_part(at):
    revision = publish(definition(), by=BY, at=at)
    assert (revision.number, revision.since, revision.until) == (1, date(2026, 1, 1), None)
    assert revision.accepts_online
    assert revision.eform.form_key == "khai-sinh"
    assert [(row.key, row.need) for row in revision.requirements.all()] == [
        ("to-khai", "always"), ("chung-sinh", "always"), ("uy-quyen", "conditional"), ("tuy-than", "shown"),
    ]  # fmt: skip
    assert [method.way for method in revision.methods.all()] == ["online", "counter"]
    assert list(revision.procedure.life_events.values_list("key", flat=True)) == ["sinh-con"]
    assert revision.published_by == "tests"
    assert Event.objects.filter(subject_kind="procedure", subject_id="1.001193", verb="publish").count() == 1


def test_the_same_definition_again_changes_nothing(at):
    first = publish(definition(), by=BY, at=at)
    again = publish(definition(), by=BY, at=at + timedelta(days=3))
    assert again.pk == first.pk
    assert ProcedureRevision.objects.count() == 1


@accepts("BD-64", "BD-8")
def test_a_change_is_a_new_revision_and_the_old_one_ends(at):
    old = publish(definition(), by=BY, at=at)
    new = publish(definition(since="2026-11-18", summary="Khác"), by=BY, at=at)
    old.refresh_from_db()
    assert (old.until, new.since, new.number) == (date(2026, 11, 18), date(2026, 11, 18), 2)
    assert ProcedureRevision.objects.in_force(date(2026, 11, 17)).get() == old
    assert ProcedureRevision.objects.in_force(date(2026, 11, 18)).get() == new
    assert catalogue(at).entries[0].summary == "Khác"


def test_a_second_revision_of_one_day_replaces_the_first_while_nobody_filed(at):
    publish(definition(), by=BY, at=at)
    new = publish(definition(summary="Sửa lỗi"), by=BY, at=at)
    assert (new.number, new.since) == (1, date(2026, 1, 1))
    assert ProcedureRevision.objects.count() == 1


def test_a_revision_somebody_filed_under_stays(at):
    from motcua.dossiers.models import Dossier

    old = offered(at)
    place = old.procedure.offerings.get()
    Dossier.objects.create(
        revision=old, agency=place.agency, counter=place.counter, channel="online", created_at=at, saved_at=at
    )
    new = publish(definition(summary="Sửa lỗi"), by=BY, at=at)
    old.refresh_from_db()
    assert (old.until, new.since, new.number) == (date(2026, 1, 2), date(2026, 1, 2), 2)


@accepts("BD-23")
@pytest.mark.parametrize(
    "missing", ["name", "sector", "tiers", "decision", "executing", "results", "legal_bases", "requirements", "methods"]
)
def test_what_is_not_standardised_is_not_published(at, missing):
    with pytest.raises(Refusal) as refusal:
        publish(definition(**{missing: None}), by=BY, at=at)
    assert any(message.startswith(missing) for message in refusal.value.messages)
    assert not Procedure.objects.exists()


@accepts("BD-6", "BD-23")
@pytest.mark.parametrize("missing", ["eform", "route", "time"])
def test_level_3_and_4_need_form_route_and_time(at, missing):
    with pytest.raises(Refusal) as refusal:
        publish(definition(**{missing: None}), by=BY, at=at)
    assert any(message.startswith(f"{missing}: cần có") for message in refusal.value.messages)


@accepts("BD-24")
def test_a_service_with_a_form_is_at_least_level_2(at):
    with_blank = [{"key": "don", "name": "Đơn", "originals": 1, "form_names": [{"name": "Mẫu 1", "url": ""}]}]
    with pytest.raises(Refusal, match="BD-24"):
        publish(simple("2.000111", "Xác nhận", requirements=with_blank), by=BY, at=at)
    with pytest.raises(Refusal, match="BD-24"):
        publish(simple("2.000111", "Xác nhận", eform=definition()["eform"]), by=BY, at=at)
    assert publish(simple("2.000111", "Xác nhận", requirements=with_blank, service_level=2), by=BY, at=at)


@pytest.mark.parametrize(("level", "mode"), [(3, "full"), (2, "partial"), (4, "information"), (1, "full")])
def test_level_and_mode_agree(at, level, mode):
    with pytest.raises(Refusal, match="không đi với"):
        publish(definition(service_level=level, service_mode=mode), by=BY, at=at)


@accepts("BD-9", "BD-40")
def test_the_steps_fit_into_the_published_time(at):
    route = definition()["route"]
    route[1] |= {"hours": "40"}
    with pytest.raises(Refusal, match="vượt thời hạn công bố 8 giờ"):
        publish(definition(route=route), by=BY, at=at)


def test_every_mistake_is_told_at_once(at):
    wrong = definition(
        code="khai-sinh", tiers=["xã"], service_level=9, fees=[{"code": "X"}], unknown="x", since="hôm qua",
        requirements=[{"key": "A B", "name": ""}], external_url="javascript:alert(1)", name="x" * 3000,
    )  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        publish(wrong, by=BY, at=at)
    keys = {message.partition(":")[0].partition("[")[0] for message in refusal.value.messages}
    wanted = {"code", "tiers", "service_level", "fees", "unknown", "since", "requirements", "external_url", "name"}
    assert wanted <= keys


def test_a_broken_form_is_refused_with_its_problems(at):
    with pytest.raises(Refusal, match="eform"):
        publish(definition(eform={"key": "khai-sinh", "definition": {"title": "", "steps": []}}), by=BY, at=at)
    assert not ProcedureRevision.objects.exists()


def test_an_offering_stands_once_and_moves_to_another_counter(at):
    publish(definition(), by=BY, at=at)
    agency, counter = commune()
    first = offer("1.001193", agency=agency, counter=counter, since=date(2026, 1, 2), by=BY, at=at)
    assert offer("1.001193", agency=agency, counter=counter, by=BY, at=at).pk == first.pk
    _, other_counter = commune("H08.41.02", "UBND xã Phước Lộc")
    with pytest.raises(Refusal, match="không tiếp nhận hồ sơ"):
        offer("1.001193", agency=agency, counter=other_counter, by=BY, at=at)
    other_counter.serves.add(agency)
    moved = offer("1.001193", agency=agency, counter=other_counter, by=BY, at=at)
    first.refresh_from_db()
    assert (first.until, moved.since) == (date(2026, 11, 18), date(2026, 11, 18))
    assert Offering.objects.count() == 2
