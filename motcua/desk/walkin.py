"""The counter: what may be taken in here, who stands before the officer, and how the result shall come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.accounts.models import Account
from motcua.accounts.queries import by_identity
from motcua.agencies.models import OneStopCounter
from motcua.base.errors import Refusal
from motcua.desk.forms import DeskForm
from motcua.desk.person import Person
from motcua.dossiers.actions.applicant import WalkIn
from motcua.policy.queries import policy_at
from motcua.procedures.models import Offering, ProcedureRevision
from motcua.reception.queries import counters_at
from motcua.rules.acts import Channel
from motcua.rules.codes import BadCode, parse_card_qr, parse_identity
from motcua.rules.people import Actor, Role
from motcua.rules.text import fold


def counter_officer(actor: Actor) -> Actor:
    """Only who sits at a counter takes in dossiers; for other officers the page does not exist."""
    if not actor.holds(Role.COUNTER_OFFICER):
        raise Refusal(_("Không tìm thấy trang này."), status=404)
    return actor


def offerings_of(actor: Actor, *, on: date) -> QuerySet[Offering]:
    """What this officer's own agency takes in at this officer's own counter, on a day."""
    here = Q(pk__isnull=True)
    for post in actor.posts:
        if post.role == Role.COUNTER_OFFICER:
            place = Q(agency_id=post.agency_id)
            here |= place & Q(counter_id=post.counter_id) if post.counter_id else place
    valid = Offering.objects.filter(here, since__lte=on).exclude(until__lte=on)
    return valid.select_related("agency", "counter").order_by("agency__code", "pk")


@dataclass(frozen=True, slots=True)
class Choice:
    """A procedure that may be taken in."""

    code: str
    title: str
    sector: str


def procedures_of(actor: Actor, text: str, *, on: date) -> list[Choice]:
    """Procedures of the officer's counter whose words hold all that was typed, by title."""
    return _matching(offerings_of(actor, on=on).order_by().values("procedure_id"), text, on=on)


def choices_in(offerings: QuerySet[Offering], text: str, *, on: date) -> list[Choice]:
    """Procedures among these offerings whose words hold all that was typed, by title."""
    return _matching(offerings.order_by().values("procedure_id"), text, on=on)


MOST_ELSEWHERE = 20


def _matching(offered: QuerySet[Offering, Any], text: str, *, on: date) -> list[Choice]:
    """Of the procedures offered, those whose words hold all that was typed."""
    rows = (
        ProcedureRevision.objects.in_force(on)
        .filter(procedure_id__in=offered, open_defects=0, eform__isnull=False)
        .exclude(route=[])
        .order_by("short_name", "name", "pk")
        .values_list("procedure__code", "short_name", "name", "sector__name", "synonyms")
    )
    wanted = fold(text).split()
    found = []
    for code, short, name, sector, synonyms in rows:
        words = fold(f"{code} {short} {name} {sector} {synonyms}")
        if all(word in words for word in wanted):
            found.append(Choice(code, short or name, sector))
    return found


def receiving_counter(actor: Actor) -> OneStopCounter:
    """The counter at which this officer takes in for others: one's own, of one's own agency."""
    own = {(post.agency_id, post.counter_id) for post in actor.posts if post.role == Role.COUNTER_OFFICER}
    for counter in counters_at(actor):
        if {(counter.host_id, counter.pk), (counter.host_id, None)} & own:
            return counter
    raise Refusal(_("Bạn không tiếp nhận ở quầy nào của cơ quan mình."), status=404)


def _takes_in_for_others(actor: Actor, at: datetime) -> bool:
    hosts = {post.agency_id for post in actor.posts if post.role == Role.COUNTER_OFFICER}
    return any(policy_at(at, agency_id=host).counter_takes_in_for_others for host in hosts)


def _offered_elsewhere(actor: Actor, at: datetime) -> QuerySet[Offering]:
    """What agencies this officer's counter does not serve take in (phi địa giới)."""
    if not _takes_in_for_others(actor, at):
        return Offering.objects.none()
    counter = receiving_counter(actor)
    served = counter.serves.order_by("pk").values("pk")
    valid = Offering.objects.filter(since__lte=at.date()).exclude(until__lte=at.date())
    return valid.exclude(agency_id__in=served).exclude(agency_id=counter.host_id)


def offerings_elsewhere(actor: Actor, revision: ProcedureRevision, *, at: datetime) -> list[Offering]:
    """Agencies for which this procedure may be taken in here though they are elsewhere."""
    found = _offered_elsewhere(actor, at).filter(procedure_id=revision.procedure_id)
    return list(found.select_related("agency", "counter").order_by("agency__code", "pk"))


def procedures_elsewhere(actor: Actor, text: str, *, at: datetime) -> list[Choice]:
    """Procedures of agencies elsewhere that may be taken in here; nothing until something is looked for."""
    if not text:
        return []
    offered = _offered_elsewhere(actor, at).order_by().values("procedure_id")
    return _matching(offered, text, on=at.date())[:MOST_ELSEWHERE]


class WalkInForm(DeskForm):
    """Who files, for which case, at which agency."""

    qr = forms.CharField(
        label=gettext_lazy("Quét mã QR trên thẻ căn cước"),
        help_text=gettext_lazy("Quét thì họ tên, số định danh và địa chỉ tự điền. Không có máy quét thì bỏ qua."),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"data-scan": "", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=250)
    identity = forms.CharField(label=gettext_lazy("Số định danh (CCCD, CMND)"), max_length=20)
    phone = forms.CharField(label=gettext_lazy("Số điện thoại"), required=False, max_length=20)
    email = forms.CharField(label=gettext_lazy("Thư điện tử"), required=False, max_length=254)
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), required=False, max_length=400)
    case = forms.ChoiceField(label=gettext_lazy("Trường hợp"), widget=forms.RadioSelect)
    offering = forms.TypedChoiceField(label=gettext_lazy("Cơ quan giải quyết"), coerce=int)
    link = forms.BooleanField(
        label=gettext_lazy("Gắn với tài khoản mang đúng tên và số định danh này, để người nộp tự theo dõi trên cổng"),
        required=False,
    )

    def __init__(
        self, data: Any, *, revision: ProcedureRevision, offerings: Iterable[Offering], known: Person | None = None
    ) -> None:
        if data is not None:
            data = self._scanned(data)
        super().__init__(data, initial=asdict(known) if known else None)
        if known:
            del self.fields["qr"]
        places = list(offerings)
        self.fields["offering"].choices = [(row.pk, row.agency.name) for row in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["offering"].widget = forms.HiddenInput()
            self.initial["offering"] = places[0].pk
        if revision.cases:
            self.fields["case"].choices = [(row["key"], row["title"]) for row in revision.cases]  # type: ignore[attr-defined]
        else:
            del self.fields["case"]

    @staticmethod
    def _scanned(data: Any) -> Any:
        """What a scanned card says fills the boxes that are still empty."""
        copy = data.copy()
        try:
            card = parse_card_qr(str(copy.get("qr", "")))
        except BadCode:
            return copy
        for name, value in (("name", card.full_name), ("identity", card.cccd.number), ("address", card.address)):
            if not str(copy.get(name, "")).strip():
                copy[name] = value
        copy["qr"] = ""
        return copy

    def clean_qr(self) -> str:
        """What is left in the box was no card."""
        if self.cleaned_data["qr"]:
            raise forms.ValidationError(_("Đây không phải mã QR của thẻ căn cước. Hãy quét lại hoặc gõ tay."))
        return ""

    def person(self) -> WalkIn:
        """The person as written down."""
        given = self.cleaned_data
        return WalkIn(given["name"], given["identity"], given["phone"], given["email"], given["address"])

    def account(self) -> Account | None:
        """The account to link to: asked for, and number and name both match."""
        if not self.cleaned_data["link"]:
            return None
        try:
            number = parse_identity(self.cleaned_data["identity"])[1]
        except BadCode:
            return None
        name = fold(self.cleaned_data["name"])
        return next((one for one in by_identity(number).order_by("pk") if fold(one.full_name) == name), None)


class FinishForm(DeskForm):
    """How the result shall come, and that the applicant stands by what was declared."""

    return_channel = forms.ChoiceField(label=gettext_lazy("Nhận kết quả"), widget=forms.RadioSelect)
    return_address = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận bưu gửi"),
        help_text=gettext_lazy("Khi nhận qua bưu chính."),
        required=False,
        max_length=400,
    )
    declared = forms.BooleanField(
        label=gettext_lazy("Người nộp đã đọc lại, ký tờ khai và cam đoan nội dung đã khai là đúng"),
        error_messages={"required": gettext_lazy("Người nộp phải cam đoan thì mới nộp được hồ sơ.")},
    )

    def __init__(self, data: Any, *, channels: Iterable[Channel], labels: Any, dossier: Any) -> None:
        initial = {"return_channel": dossier.return_channel or "counter", "return_address": dossier.applicant_address}
        super().__init__(data, initial=initial)
        self.fields["return_channel"].choices = [(one.value, labels[one]) for one in channels]  # type: ignore[attr-defined]
