"""What each level and mode gives, what a signature changes, what is asked at pick-up: the rules alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.rules.acts import Channel, Compared, FeeChannel, Mode, ServiceScheme, Unsigned
from motcua.rules.components import (
    Against,
    Component,
    Fault,
    Handling,
    collection,
    faults,
    forbidden,
    handling,
    must_come,
    offered_modes,
    to_send,
)
from motcua.rules.levels import Service, abilities, fee_ways, lacking, least_level, result_channels
from motcua.rules.policy import Policy
from tests.acceptance.proof import accepts

SCAN = Component("ban-ve", "Bản vẽ", required=True, files=1)
SIGNED = replace(SCAN, key="don", name="Đơn", is_signed=True)
DECLARED = Component("cam-ket", "Cam kết", required=True, chosen=Mode.DECLARED)
LICENCE = replace(SCAN, key="giay-phep", name="Giấy phép", chosen=Mode.E_LICENCE, number="GP-1")
ALL = tuple(Mode)


def given(level: int, policy: Policy | None = None, **more: bool) -> dict[str, bool]:
    service = Service(level=level, accepts_online=level >= 3, has_form=level >= 2, has_fee=True, **more)
    return {ability.key: ability.is_given for ability in abilities(service, policy or Policy())}


def said(service: Service, policy: Policy) -> str:
    return " ".join(ability.words for ability in abilities(service, policy))


@accepts("CB-15")
def test_each_level_gives_what_the_one_below_gives_and_more() -> None:
    assert given(1) == {"information": True, "forms": False, "filing": False}
    assert given(2) == {"information": True, "forms": True, "filing": False}
    third = given(3)
    assert (third["filing"], third["following"], third["payment"], third["result"]) == (True, True, False, False)
    fourth = given(4)
    assert (fourth["filing"], fourth["payment"], fourth["result"]) == (True, True, True)


def test_what_may_not_be_filed_online_yet_never_says_it_may() -> None:
    found = abilities(Service(level=4, accepts_online=False, has_form=True), Policy())
    assert [ability.key for ability in found] == ["information", "forms", "filing"]
    assert not found[-1].is_given


@pytest.mark.parametrize(("is_full", "words"), [(True, "Toàn trình"), (False, "Một phần")])
def test_whole_and_in_part_are_told_where_the_law_grades_so(is_full: bool, words: str) -> None:
    service = Service(level=4, is_full=is_full, accepts_online=True)
    assert words in said(service, Policy(service_scheme=ServiceScheme.MODES))
    assert words not in said(service, Policy())


@accepts("BD-24")
def test_a_form_makes_level_two() -> None:
    assert (least_level(has_form=True), least_level(has_form=False)) == (2, 1)
    assert lacking(1, has_form=True, parts={}) == ("level",)
    assert lacking(2, has_form=True, parts={"route": False}) == ()


@accepts("CB-15")
@pytest.mark.parametrize("level", [3, 4])
def test_levels_three_and_four_lack_whatever_filing_online_needs(level: int) -> None:
    parts = {"eform": True, "route": False, "time": True, "methods": False}
    assert lacking(level, has_form=True, parts=parts) == ("route", "methods")


def test_without_a_connected_service_the_counter_stands_in_and_says_so() -> None:
    ways = fee_ways((FeeChannel.ONLINE,))
    assert (ways.open, ways.waiting, ways.stands_in) == ((FeeChannel.COUNTER,), (FeeChannel.ONLINE,), True)
    connected = fee_ways((FeeChannel.ONLINE,), connected=frozenset({FeeChannel.ONLINE}))
    assert (connected.open, connected.waiting, connected.stands_in) == ((FeeChannel.ONLINE,), (), False)


def test_nothing_is_transferred_to_an_account_nobody_published() -> None:
    named = (FeeChannel.ONLINE, FeeChannel.POST_OFFICE, FeeChannel.TRANSFER)
    assert fee_ways(named, has_account=True).open == (FeeChannel.POST_OFFICE, FeeChannel.TRANSFER)
    assert fee_ways(named, has_account=False).open == (FeeChannel.POST_OFFICE,)


def test_what_was_only_declared_brings_its_owner_to_the_counter() -> None:
    assert must_come([SCAN, DECLARED]) and not must_come([SCAN, SIGNED])
    assert result_channels(Policy(), 4, must_come=True) == (Channel.COUNTER,)
    elsewhere = Policy(return_channels_level_4=(Channel.ONLINE, Channel.POST))
    assert result_channels(elsewhere, 4, must_come=True) == (Channel.COUNTER,)


@accepts("BN-8", "BN-19")
def test_who_came_in_person_may_collect_in_person_whatever_online_services_have() -> None:
    online_or_post = Policy(return_channels_level_4=(Channel.ONLINE, Channel.POST))
    assert result_channels(online_or_post, 4) == (Channel.ONLINE, Channel.POST)
    at_counter = result_channels(online_or_post, 4, filed_online=False)
    assert at_counter == (Channel.COUNTER, Channel.ONLINE, Channel.POST)
    assert result_channels(Policy(), 3, filed_online=False) == (Channel.COUNTER, Channel.POST)


def judged(unsigned: Unsigned, *components: Component, level: int = 4, online: bool = True) -> Handling:
    return handling(level, online=online, policy=Policy(unsigned_level_4=unsigned), components=components)


@pytest.mark.parametrize("unsigned", Unsigned)
def test_a_signed_dossier_is_what_its_service_is(unsigned: Unsigned) -> None:
    assert judged(unsigned, SIGNED, LICENCE) == Handling()


def test_without_a_signature_each_province_goes_its_own_way() -> None:
    assert judged(Unsigned.AS_LEVEL_3, SIGNED, SCAN) == Handling(as_level=3)
    assert judged(Unsigned.AS_LEVEL_3) == Handling(as_level=3)  # nothing was signed, for there is nothing
    assert judged(Unsigned.PAPER_BY_POST, SIGNED, SCAN) == Handling(paper_owed=True)
    assert judged(Unsigned.PAPER_BY_POST) == Handling()  # nothing to send
    assert judged(Unsigned.PER_COMPONENT, SCAN) == Handling()
    assert judged(Unsigned.WHERE_REQUIRED, SCAN) == Handling()


@pytest.mark.parametrize("unsigned", Unsigned)
def test_level_three_and_the_counter_ask_for_no_signature(unsigned: Unsigned) -> None:
    assert judged(unsigned, SCAN, level=3) == Handling()
    assert judged(unsigned, SCAN, online=False) == Handling()


def test_only_pictures_go_by_post() -> None:
    assert to_send([SCAN, SIGNED, LICENCE]) == (SCAN,)


def test_ways_are_offered_where_the_province_decides_per_component_or_the_procedure_says_so() -> None:
    here = Policy(unsigned_level_4=Unsigned.PER_COMPONENT, component_modes=(Mode.SCAN, Mode.DECLARED))
    assert offered_modes((), here) == (Mode.SCAN, Mode.DECLARED)
    assert offered_modes((Mode.SIGNED,), here) == (Mode.SIGNED,)
    assert offered_modes((), Policy()) == ()
    by_law = Policy(unsigned_level_4=Unsigned.WHERE_REQUIRED, component_modes=(Mode.SCAN, Mode.SIGNED, Mode.E_LICENCE))
    assert offered_modes((), by_law) == (Mode.SCAN, Mode.SIGNED, Mode.E_LICENCE), "a clause in force has an effect"


@pytest.mark.parametrize(
    ("component", "found"),
    [
        (SCAN, ()),
        (replace(SCAN, files=0), (Fault.NO_FILE,)),
        (replace(SCAN, files=0, required=False), ()),
        (replace(DECLARED, accepted=ALL), ()),
        (replace(DECLARED, accepted=(Mode.SCAN, Mode.SIGNED)), (Fault.NOT_ACCEPTED,)),
        (replace(SCAN, accepted=ALL, chosen=Mode.SIGNED), (Fault.NOT_SIGNED,)),
        (replace(SIGNED, accepted=ALL, chosen=Mode.SIGNED), ()),
        (replace(SIGNED, files=0, is_signed=False, accepted=ALL, chosen=Mode.SIGNED), (Fault.NO_FILE,)),
        (replace(LICENCE, accepted=ALL), ()),
        (replace(LICENCE, accepted=ALL, number=""), (Fault.NO_NUMBER,)),
        (replace(LICENCE, accepted=ALL, chosen=Mode.E_CERTIFIED, files=0), (Fault.NO_FILE,)),
        (replace(SCAN, accepted=(Mode.SIGNED,)), (Fault.NOT_SIGNED,)),
        (replace(SCAN, accepted=(Mode.SIGNED, Mode.DECLARED)), (Fault.NOT_CHOSEN,)),
        (replace(SIGNED, accepted=(Mode.SIGNED, Mode.DECLARED)), ()),
    ],
)
def test_each_way_needs_what_it_needs(component: Component, found: tuple[Fault, ...]) -> None:
    assert faults(component) == found


def test_a_signature_is_asked_for_only_where_it_is_required() -> None:
    must = replace(SCAN, must_be_signed=True)
    assert faults(must, signed_where_required=True) == (Fault.MUST_BE_SIGNED,)
    assert faults(must) == faults(SCAN, signed_where_required=True) == ()
    assert faults(replace(must, is_signed=True), signed_where_required=True) == ()


@pytest.mark.parametrize(
    ("compared", "against"),
    [
        (Compared.ORIGINAL, Against.ORIGINAL),
        (Compared.ORIGINAL_OR_CERTIFIED, Against.ORIGINAL_OR_CERTIFIED),
        (Compared.NOTHING, None),
        (Compared.DECLARED_ONLY, None),
    ],
)
def test_pictures_are_held_against_what_the_province_says(compared: Compared, against: Against | None) -> None:
    found = collection([SCAN, SIGNED, LICENCE, DECLARED], compared=compared, filed_remotely=True)
    lines = {line.key: line.against for line in found.compare}
    assert lines == {"cam-ket": Against.COMPLETED} | ({"ban-ve": against} if against else {})
    assert found.never == ("Đơn", "Giấy phép")
    assert found.sign_form


def test_nothing_is_asked_where_an_officer_has_seen_it_or_certified_copies_came() -> None:
    assert collection([SCAN], compared=Compared.ORIGINAL, filed_remotely=False) == collection(
        [], compared=Compared.NOTHING, filed_remotely=True
    )
    brought = replace(SCAN, was_brought=True)
    assert not collection([brought], compared=Compared.ORIGINAL, filed_remotely=True).compare
    arrived = collection([SCAN], compared=Compared.ORIGINAL, filed_remotely=True, copies_arrived=True)
    assert not arrived.compare and arrived.sign_form
    assert not collection([SCAN], compared=Compared.ORIGINAL, filed_remotely=True, form_signed=True).sign_form


def test_what_is_signed_is_among_what_nobody_may_ask_for() -> None:
    assert forbidden(["don", "ban-ve", "la"], [SCAN, SIGNED]) == (SIGNED,)
