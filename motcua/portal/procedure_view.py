"""A procedure's parts as its page shows them: plain words first, the law's words after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from motcua.portal.catalogue_rows import LEVELS, MODES, MODES_EXPLAINED, TIERS, ProcedureRow
from motcua.portal.present import FactView
from motcua.procedures.models import Method, ProcedureRevision, Requirement, ServiceMode
from motcua.procedures.queries import cutoff_in_words, fees_in_words, rule_in_words, time_in_words
from motcua.rules.acts import ServiceScheme
from motcua.rules.fees import DUES, KINDS, FeeRule, parse_fee_rules
from motcua.rules.levels import Ability, Service
from motcua.rules.levels import abilities as rules_of_abilities
from motcua.rules.policy import Policy
from motcua.rules.text import clean_line, grouped

ABSURD_COUNT = 10


@dataclass(slots=True)
class Papers:
    """Papers of one heading, and what the source lists among them without asking for it."""

    heading: str
    rows: list[ProcedureRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A title with small lines under it."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form: with an address it can be opened."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Level:
    """One service level or mode, and whether this procedure has it."""

    title: str
    words: str | Promise
    is_this: bool


def facts(revision: ProcedureRevision, *, on: date, scheme: ServiceScheme, elsewhere: str = "") -> list[FactView]:
    """How long, how much, where, how far online; ``elsewhere`` says where a ministry takes dossiers itself."""
    counted = time_in_words(revision.time_amount, revision.time_unit, revision.same_day_cutoff)
    how_long = FactView(
        _("Bao lâu"),
        counted or (revision.time_words if len(revision.time_words) <= 60 else "") or _("Theo từng trường hợp"),
        cutoff_in_words(revision.same_day_cutoff) or (revision.time_words if counted else "") or _see_methods(counted),
    )
    known = revision.fee_words or ("" if revision.is_imported else fees_in_words(revision.fees, on=on))
    how_much = FactView(_("Bao nhiêu tiền"), known or _("Theo từng trường hợp"), "" if known else _("Xem mục Cách nộp"))
    tiers = ", ".join(str(TIERS[tier]).lower() for tier in revision.tiers if tier in TIERS)
    where = revision.place_words or revision.executing or _("Theo công bố của cơ quan")
    if len(where) > 120:
        where = _("Cơ quan %(tiers)s") % {"tiers": tiers} if tiers else where[:117] + "…"
    online = MODES[mode_of(revision)]
    by_level = scheme == ServiceScheme.LEVELS
    level = _("Dịch vụ mức độ %(level)s") % {"level": revision.service_level} if by_level and not elsewhere else ""
    return [
        how_long,
        how_much,
        FactView(_("Ở đâu"), where, _("Giải quyết ở %(tiers)s") % {"tiers": tiers} if tiers else ""),
        FactView(_("Mức độ dịch vụ") if by_level else _("Làm trên mạng"), elsewhere or str(online), level),
    ]


def _see_methods(counted: str) -> str:
    return "" if counted else _("Xem mục Cách nộp")


def papers(revision: ProcedureRevision) -> list[Papers]:
    """What to hand in, by heading; papers that are only shown and notes say so."""
    titles = {row["key"]: row["title"] for row in revision.cases}
    groups: dict[str, Papers] = {}
    for requirement in revision.requirements.all():
        heading = titles.get(requirement.case, "") or requirement.group
        group = groups.setdefault(heading, Papers(heading))
        if requirement.need == Requirement.Need.NOTE:
            group.notes.append(requirement.name)
        else:
            group.rows.append(_paper(requirement))
    return list(groups.values())


def _paper(requirement: Requirement) -> ProcedureRow:
    meta = []
    if requirement.is_eform:
        meta.append(_("Điền ngay trên trang này, không phải in"))
    else:
        meta += [_counts(requirement)] if _counts(requirement) else []
    if requirement.condition_words:
        meta.append(requirement.condition_words)
    match requirement.need:
        case Requirement.Need.ALWAYS:
            return ProcedureRow(requirement.name, "", tuple(meta), tag=_("Luôn cần"))
        case Requirement.Need.SHOWN:
            return ProcedureRow(requirement.name, "", tuple(meta), aside=_("Không phải nộp, chỉ xuất trình"))
        case _:
            return ProcedureRow(requirement.name, "", tuple(meta), aside=_("Tùy trường hợp"))


def _counts(requirement: Requirement) -> str:
    """ "Bản chính: 1, bản sao: 2"; a number that cannot be meant is not repeated."""
    if max(requirement.originals, requirement.copies) > ABSURD_COUNT:
        return _("Số bản đang được cơ quan xác minh")
    parts = []
    if requirement.originals:
        parts.append(_("bản chính: %(count)s") % {"count": requirement.originals})
    if requirement.copies:
        parts.append(_("bản sao: %(count)s") % {"count": requirement.copies})
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def steps(revision: ProcedureRevision) -> list[Row]:
    """The route as the citizen may follow it, each step with its hours (BD-9)."""
    rows = []
    for step in revision.route:
        hours = f"{float(step['hours']):g}".replace(".", ",")
        title = _("%(title)s: %(hours)s giờ làm việc") % {"title": step["title"], "hours": hours}
        rows.append(Row(title, (step["words"],) if step.get("words") else ()))
    return rows


def methods(revision: ProcedureRevision) -> list[Row]:
    """Each way of filing with its own time and published fees; equal lines are said once."""
    by_way: dict[str, list[str]] = {}
    for method in revision.methods.all():
        lines = by_way.setdefault(method.way, [])
        time = time_in_words(method.time_amount, method.time_unit, "") or method.time_words
        lines += [_("Thời hạn: %(time)s") % {"time": time}] if time else []
        lines += [clean_line(method.note)] if method.note.strip() else []
        lines += _published_fees(method)
    ways = dict(Method.Way.choices)
    return [Row(str(ways[way]), tuple(dict.fromkeys(lines))) for way, lines in by_way.items()]


def _published_fees(method: Method) -> Iterable[str]:
    for fee in method.fees:
        kind, amount, note = KINDS.get(fee["kind"], KINDS["fee"]), fee["amount"], clean_line(fee["note"])
        if amount:
            figure = grouped(amount)
            yield f"{kind}: {figure} đ" + (f" ({note})" if note else "")
        elif note:
            yield f"{kind}: {note}"


def fees(revision: ProcedureRevision, *, on: date) -> list[Row]:
    """Every fee in force: how much, for whom less, when it must be paid (KT-11, KT-18), by which instrument."""
    return [_fee(rule) for rule in parse_fee_rules(revision.fees) if rule.in_force(on)]


def _fee(rule: FeeRule) -> Row:
    lines = [f"{KINDS[rule.kind]}: {rule_in_words(rule)}"]
    for exemption in rule.exemptions:
        if exemption.percent == 100:
            lines.append(_("Miễn cho: %(name)s") % {"name": exemption.name})
        else:
            lines.append(_("Giảm %(percent)s%% cho: %(name)s") % {"percent": exemption.percent, "name": exemption.name})
    if rule.amount != 0:
        lines.append(DUES[rule.due])
    if rule.basis:
        lines.append(_("Căn cứ: %(basis)s") % {"basis": rule.basis})
    return Row(rule.name, tuple(lines))


def levels(revision: ProcedureRevision, *, scheme: ServiceScheme) -> list[Level]:
    """The four levels, or the three modes of today's law, in words; this one marked."""
    if scheme == ServiceScheme.MODES:
        mode = mode_of(revision)
        return [Level(str(MODES[key]), words, key == mode) for key, words in MODES_EXPLAINED.items()]
    return [
        Level(_("Mức độ %(level)s") % {"level": number}, words, number == revision.service_level)
        for number, words in LEVELS.items()
    ]


def mode_of(revision: ProcedureRevision) -> str:
    """How far it goes online in truth: only information while it cannot be filed there."""
    return revision.service_mode if revision.accepts_online else "information"


def abilities(revision: ProcedureRevision, policy: Policy, *, on: date, can_file: bool) -> list[Ability]:
    """What one can do online with this procedure, as sentences (BD-4 to BD-7, CB-15); ``can_file``: some agency takes
    it on the network (BD-69)."""
    rules = [rule for rule in parse_fee_rules(revision.fees) if rule.in_force(on)]
    service = Service(
        level=revision.service_level,
        is_full=revision.service_mode == ServiceMode.FULL,
        accepts_online=can_file,
        has_form=bool(blanks(revision)),
        has_fee=any(rule.amount != 0 for rule in rules),
    )
    return list(rules_of_abilities(service, policy))


def blanks(revision: ProcedureRevision) -> list[Blank]:
    """Blank forms: our e-form to print, then those the decision names."""
    found = []
    if revision.eform_id is not None:
        address = reverse("portal:blank_form", args=[revision.procedure.code])
        found.append(Blank(_("Tờ khai để trống (in ra hoặc xem trước)"), address))
    for requirement in revision.requirements.all():
        found += [Blank(form["name"], form["url"]) for form in requirement.form_names]
    return list({(blank.name, blank.href): blank for blank in found}.values())
