"""How a route is written down, and everything that can be wrong with one: each fault with its place and its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from motcua.rules.acts import Act, StepKind
from motcua.rules.codes import BadCode
from motcua.rules.codes.agency import AgencyCode
from motcua.rules.people import Role
from motcua.rules.route import (
    DECIDABLE,
    ROLES_OF_STEP,
    Opinion,
    Part,
    RouteError,
    Step,
    agency_code,
    total_minutes,
)
from motcua.rules.words import ROLES

ABROAD = frozenset({Act.PROPOSE_SUPPLEMENT, Act.CONSULT, Act.RETURN_TO_GIVER})
"""What a coordinating agency's step may decide unless the route says more: the result is the lead's (HY-32)."""

MOST_TITLE = 200
MOST_HOURS = 20_000
"""Working hours of a step: ten years of days, and no published time is longer."""

_HOURS = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6}|/[0-9]{1,3})?")
_KEYS = frozenset({"title", "kind", "role", "hours", "division", "agency", "decides", "opinions", "parts", "words"})
_MAY_FOLLOW: Mapping[StepKind, frozenset[StepKind]] = {
    StepKind.RECEIVE: frozenset({StepKind.EXAMINE}),
    StepKind.EXAMINE: frozenset({StepKind.EXAMINE, StepKind.APPROVE}),
    StepKind.APPROVE: frozenset({StepKind.APPROVE, StepKind.SEAL}),
    StepKind.SEAL: frozenset({StepKind.RETURN}),
    StepKind.RETURN: frozenset(),
}
_KIND_WORDS: Mapping[StepKind, str] = {
    StepKind.RECEIVE: "tiếp nhận",
    StepKind.EXAMINE: "thẩm tra",
    StepKind.APPROVE: "ký duyệt",
    StepKind.SEAL: "văn thư",
    StepKind.RETURN: "trả kết quả",
}

E = TypeVar("E", bound=StrEnum)
Tell = Callable[[str], None]


def parse_route(data: Sequence[Mapping[str, Any]], *, limit_minutes: int | None = None) -> tuple[Step, ...]:
    """Typed steps from rows of ``title``, ``kind``, ``role``, ``hours`` and, where they apply:

    ``division`` (a key within the agency), ``agency`` (a coordinating agency: its code, or ``*.26`` for body 26 of the
    same province), ``decides`` (names of acts, see `route.DECIDABLE`), ``opinions`` (list of ``{"division", "agency"?,
    "hours", "question"?}`` asked at once when the step begins), ``parts`` (list of ``{"procedure", "agency",
    "answers"?, "papers"?, "optional"?}``, joint procedures the step opens), ``words`` (what a citizen reads about it).

    ``limit_minutes`` is the published time in working minutes; a longer route is refused (BD-40). Raises `RouteError`
    with every fault.
    """
    problems: list[str] = []
    rows = _rows(data, problems.append, what="Quy trình")
    steps = [step for index, row in enumerate(rows) if (step := _step(index, row, problems)) is not None]
    if not problems:
        problems += _shape_problems(steps, limit_minutes)
    if problems:
        raise RouteError(problems)
    return tuple(steps)


def unknown_places(steps: Sequence[Step], *, lead: str, divisions: Mapping[str, Collection[str]]) -> list[str]:
    """Faults of a route at one lead agency: steps and opinions in agencies or divisions that do not exist.

    ``divisions`` holds the keys of each agency's divisions by the agency's code. No code twice, no place passed over.
    """
    found: list[str] = []
    for step in steps:
        for place, agency, division in _places(step):
            code = agency_code(agency, lead)
            if code not in divisions:
                found.append(f"{place}: không có cơ quan mã {code}.")
            elif division and division not in divisions[code]:
                found.append(f"{place}: cơ quan {code} không có bộ phận “{division}”.")
        for part in step.parts:
            if (code := agency_code(part.agency, lead)) not in divisions:
                found.append(
                    f"{_place(step.index, step.title)}, phần liên thông {part.procedure}: không có cơ quan {code}."
                )
    return found


def agencies_named(steps: Sequence[Step], *, lead: str) -> set[str]:
    """Codes of every agency the route needs when ``lead`` takes the dossier in."""
    named = {place[1] for step in steps for place in _places(step)}
    return {agency_code(one, lead) for one in named | {part.agency for step in steps for part in step.parts}}


def _places(step: Step) -> list[tuple[str, str, str]]:
    here = _place(step.index, step.title)
    asked = [
        (f"{here}, ý kiến phối hợp {number}", opinion.agency or step.agency, opinion.division)
        for number, opinion in enumerate(step.opinions, 1)
    ]
    return [(here, step.agency, step.division), *asked]


def _place(index: int, title: str) -> str:
    return f"Bước {index + 1} ({title})" if title else f"Bước {index + 1}"


def _rows(given: Any, tell: Tell, *, what: str) -> list[Mapping[str, Any]]:
    """A list of groups of values; whatever else was written is told, and nothing is read of it."""
    if given is None:
        return []
    if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
        tell(f"{what} phải là danh sách các nhóm giá trị.")
        return []
    return list(given)


def _step(index: int, row: Mapping[str, Any], problems: list[str]) -> Step | None:
    place = _place(index, str(row.get("title") or ""))
    known = len(problems)

    def tell(words: str) -> None:
        problems.append(f"{place}: {words}")

    for key in sorted(set(row) - _KEYS):
        tell(f"không có mục “{key}”.")
    kind, role = _named(row.get("kind"), StepKind), _named(row.get("role"), Role)
    if kind is None:
        tell(f"loại bước (kind) “{row.get('kind') or ''}” phải là một trong {', '.join(StepKind)}.")
    if role is None:
        tell(f"vai trò (role) “{row.get('role') or ''}” không có.")
    if kind is None or role is None:
        return None
    title = str(row.get("title") or "").strip()
    if not title or len(title) > MOST_TITLE:
        tell(f"phải có tên bước (title), dài nhất {MOST_TITLE} chữ.")
    minutes = _minutes(row.get("hours"), tell)
    if role not in ROLES_OF_STEP[kind]:
        tell(f"{ROLES[role]} không làm được bước {_KIND_WORDS[kind]}.")
    agency, division = str(row.get("agency") or ""), str(row.get("division") or "")
    _check_agency(agency, tell)
    if agency and kind is not StepKind.EXAMINE:
        tell(f"bước {_KIND_WORDS[kind]} do cơ quan chủ trì làm, không giao được cho cơ quan phối hợp.")
    if agency and not division:
        tell("bước ở cơ quan phối hợp phải nêu bộ phận làm.")
    opinions = _opinions(row.get("opinions"), kind, minutes, (agency, division), tell)
    parts = _parts(row.get("parts"), kind, tell)
    decides = _decides(row.get("decides"), kind, tell, is_elsewhere=bool(agency))
    if parts:
        decides |= {Act.OPEN_CHILD}
    if len(problems) > known:
        return None
    return Step(index, title, kind, role, minutes, division, agency, decides, opinions, parts)


def _named(given: Any, kind: type[E]) -> E | None:
    return next((one for one in kind if one.value == given), None)


def _in_hours(minutes: int) -> str:
    """Working hours as they are written: "4,5"."""
    return f"{minutes / 60:g}".replace(".", ",")


def _minutes(hours: Any, tell: Tell) -> int:
    written = "" if hours is None else str(hours)
    try:
        minutes = Fraction(written if _HOURS.fullmatch(written) else "") * 60
    except (ValueError, ZeroDivisionError):
        tell(f"thiếu hoặc sai số giờ ({written[:20] or 'chưa ghi'}).")
        return 0
    if minutes > MOST_HOURS * 60:
        tell(f"nhiều nhất {MOST_HOURS} giờ.")
        return 0
    if minutes.denominator != 1 or minutes < 0:
        tell("số giờ phải là số phút tròn, không âm.")
        return 0
    return int(minutes)


def _check_agency(named: str, tell: Tell) -> None:
    try:
        if named:
            AgencyCode.parse(agency_code(named, "H00"))
    except BadCode:
        tell(f"“{named}” không phải mã cơ quan.")


def _decides(given: Any, kind: StepKind, tell: Tell, *, is_elsewhere: bool) -> frozenset[Act]:
    if given is None:
        return DECIDABLE[kind] & ABROAD if is_elsewhere else DECIDABLE[kind]
    if not isinstance(given, list | tuple):
        tell("“decides” phải là danh sách.")
        return frozenset()
    allowed = {act.value: act for act in DECIDABLE[kind]}
    for name in given:
        if str(name) not in allowed:
            tell(f"bước {_KIND_WORDS[kind]} không quyết định được “{name}”.")
    return frozenset(allowed[str(name)] for name in given if str(name) in allowed)


def _opinions(given: Any, kind: StepKind, minutes: int, own: tuple[str, str], tell: Tell) -> tuple[Opinion, ...]:
    found: list[Opinion] = []
    seen = {own}
    for number, row in enumerate(_rows(given, tell, what="ý kiến phối hợp"), 1):
        if kind is not StepKind.EXAMINE:
            tell("chỉ bước thẩm tra mới xin ý kiến phối hợp.")
            break
        agency, division = str(row.get("agency") or ""), str(row.get("division") or "")
        where = f"ý kiến phối hợp {number}: "
        _check_agency(agency, lambda words, where=where: tell(where + words))  # type: ignore[misc]
        allowed = _minutes(row.get("hours"), lambda words, where=where: tell(where + words))  # type: ignore[misc]
        if not agency and not division:
            tell(f"{where}phải nêu cơ quan hoặc bộ phận được hỏi.")
        elif (agency or own[0], division) in seen:
            tell(f"{where}hỏi chính bộ phận đang làm, hoặc hỏi hai lần một nơi.")
        if allowed > minutes:
            tell(f"{where}{_in_hours(allowed)} giờ, vượt {_in_hours(minutes)} giờ của bước.")
        seen.add((agency or own[0], division))
        found.append(Opinion(division, allowed, agency, str(row.get("question") or "")))
    return tuple(found)


def _parts(given: Any, kind: StepKind, tell: Tell) -> tuple[Part, ...]:
    found: list[Part] = []
    for number, row in enumerate(_rows(given, tell, what="phần liên thông"), 1):
        where = f"phần liên thông {number}"
        if kind is not StepKind.EXAMINE:
            tell("chỉ bước thẩm tra mới mở được hồ sơ liên thông.")
            break
        procedure, agency = str(row.get("procedure") or ""), str(row.get("agency") or "")
        if not procedure or not agency:
            tell(f"{where}: phải nêu mã thủ tục và cơ quan giải quyết.")
        elif any(procedure == other.procedure for other in found):
            tell(f"{where}: thủ tục {procedure} đã nêu ở phần khác.")
        _check_agency(agency, lambda words, where=where: tell(f"{where}: {words}"))  # type: ignore[misc]
        pairs = {name: _pairs(row.get(name), name, where, tell) for name in ("answers", "papers")}
        found.append(Part(procedure, agency, pairs["answers"], pairs["papers"], row.get("optional") is True))
    return tuple(found)


def _pairs(given: Any, name: str, where: str, tell: Tell) -> tuple[tuple[str, str], ...]:
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        tell(f"{where}: “{name}” phải ghép khóa của phần với khóa của hồ sơ chính.")
        return ()
    return tuple(sorted((str(key), str(value)) for key, value in given.items()))


def _shape_problems(steps: Sequence[Step], limit_minutes: int | None) -> list[str]:
    problems = []
    kinds = [step.kind for step in steps]
    if not kinds or kinds[0] != StepKind.RECEIVE:
        problems.append("Quy trình phải bắt đầu ở bước tiếp nhận.")
    if not kinds or kinds[-1] != StepKind.RETURN:
        problems.append("Quy trình phải kết thúc ở bước trả kết quả.")
    if kinds.count(StepKind.RECEIVE) > 1 or kinds.count(StepKind.RETURN) > 1:
        problems.append("Quy trình chỉ có một bước tiếp nhận và một bước trả kết quả.")
    if StepKind.SEAL not in kinds or StepKind.APPROVE not in kinds:
        problems.append("Quy trình phải có bước ký duyệt và bước văn thư.")
    elif kinds.index(StepKind.SEAL) < kinds.index(StepKind.APPROVE):
        problems.append("Văn thư chỉ đóng dấu sau khi lãnh đạo ký duyệt.")
    problems += _order_problems(steps) if not problems else []
    if not problems and not any(Act.DRAFT_RESULT in step.decides for step in steps):
        problems.append("Không bước nào được dự thảo kết quả nên hồ sơ không bao giờ trình ký được.")
    total = total_minutes(steps)
    if limit_minutes is not None and total > limit_minutes:
        problems.append(
            f"Tổng thời gian các bước là {_in_hours(total)} giờ, vượt thời hạn công bố {_in_hours(limit_minutes)} giờ."
        )
    return problems


def _order_problems(steps: Sequence[Step]) -> list[str]:
    """Where the dossier would stand still, or be signed before the lead has it back."""
    found = []
    for step, after in pairwise(steps):
        place = _place(after.index, after.title)
        if after.kind not in _MAY_FOLLOW[step.kind]:
            found.append(f"{place}: bước {_KIND_WORDS[after.kind]} không thể đứng sau bước {_KIND_WORDS[step.kind]}.")
        elif step.is_elsewhere and after.kind is StepKind.APPROVE:
            found.append(f"{place}: trước khi ký duyệt, hồ sơ phải trở về bước thẩm tra của cơ quan chủ trì.")
    return found
