"""Reading a definition for publication: every mistake is collected and named by its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.base.errors import Refusal
from motcua.procedures.actions import check_parts as parts
from motcua.procedures.actions.life_events import shipped
from motcua.procedures.models import ServiceMode
from motcua.rules.codes import BadCode, ProcedureCode
from motcua.rules.levels import MODES_OF_LEVEL, lacking

KEYS = frozenset(
    (
        "code", "name", "short_name", "summary", "since", "sector", "tiers", "subjects", "audience", "decision",
        "executing", "authority", "coordinating", "place_words", "steps_text", "conditions", "results", "result_title",
        "result_kind",
        "legal_bases", "copies_of_dossier", "cases", "service_level", "service_mode", "time", "fees", "fee_words",
        "route", "eform", "requirements", "methods", "life_events", "synonyms", "is_sensitive", "external_url",
        "source",
    )
)  # fmt: skip
TEXTS = {
    "short_name": 200,
    "summary": 600,
    "authority": 4000,
    "coordinating": 4000,
    "place_words": 300,
    "steps_text": 100_000,
    "conditions": 100_000,
    "result_title": 200,
    "fee_words": 200,
    "external_url": 500,
    "source": 300,
}
_HTTPS = re.compile(r"https://[^\s\"'<>]+")


@dataclass(slots=True)
class Checked:
    """A definition that may be published; ``values`` are fields of `ProcedureRevision`."""

    code: str
    is_local: bool
    since: date
    sector: tuple[str, str]
    values: dict[str, Any]
    requirements: list[dict[str, Any]]
    methods: list[dict[str, Any]]
    life_events: list[str]
    eform: tuple[str, Mapping[str, Any]] | None


@dataclass(slots=True)
class Problems:
    """Mistakes found so far, as Vietnamese sentences beginning with the key they belong to."""

    found: list[str] = field(default_factory=list)

    def add(self, key: str, words: str) -> None:
        self.found.append(f"{key}: {words}")


def check(definition: Mapping[str, Any], *, default_since: date) -> Checked:
    """The definition as values of our tables. Raises `Refusal` listing every mistake (keys: see `publish`)."""
    problems = Problems()
    for key in sorted(set(definition) - KEYS):
        problems.add(key, "không có mục này.")
    code, is_local = _code(definition, problems)
    values: dict[str, Any] = {key: parts.text(definition, key, most, problems) for key, most in TEXTS.items()}
    values["name"] = parts.text(definition, "name", 2000, problems, needed=True)
    values["decision"] = parts.text(definition, "decision", 120, problems, needed=True)
    values["executing"] = parts.text(definition, "executing", 4000, problems, needed=True)
    if values["external_url"] and not _HTTPS.fullmatch(values["external_url"]):
        problems.add("external_url", "phải là địa chỉ https.")
    values["synonyms"] = " · ".join(parts.texts(definition, "synonyms", problems))
    values["is_sensitive"] = definition.get("is_sensitive", False) is True
    values["copies_of_dossier"] = parts.whole(definition, "copies_of_dossier", 1, 20, problems, otherwise=1)
    values["tiers"] = parts.choices(definition, "tiers", ("province", "district", "commune"), problems)
    audience = parts.choices(definition, "audience", ("person", "organisation"), problems)
    values["audience_person"] = "person" in audience
    values["audience_organisation"] = "organisation" in audience
    values["subjects"] = parts.named(definition, "subjects", problems)
    values["results"] = parts.named(definition, "results", problems, needed="name")
    values["legal_bases"] = parts.named(definition, "legal_bases", problems, needed="code")
    values["cases"] = parts.cases(definition, problems)
    values |= parts.time_of(definition, problems)
    values["fees"] = parts.fees(definition, problems)
    values["route"] = parts.route(definition, values, problems)
    eform = parts.eform(definition, problems)
    cases = {row["key"] for row in values["cases"]}
    requirements = parts.requirements(definition, cases, problems)
    methods = parts.methods(definition, problems)
    values["result_title"] = values["result_title"] or (values["results"][:1] or [{"name": ""}])[0]["name"][:200]
    values["result_kind"] = parts.kind(definition, "result_kind", "result_kind", problems)
    _level(definition, values, eform, requirements, methods, problems)
    life_events = parts.choices(definition, "life_events", tuple(shipped()), problems, needed=False)
    sector = parts.sector(definition, problems)
    since = parts.day(definition, "since", problems) or default_since
    if problems.found:
        raise Refusal(problems.found)
    return Checked(code, is_local, since, sector, values, requirements, methods, life_events, eform)


def _code(definition: Mapping[str, Any], problems: Problems) -> tuple[str, bool]:
    try:
        parsed = ProcedureCode.parse(str(definition.get("code") or ""))
    except BadCode:
        problems.add("code", "phải là mã thủ tục như 1.001193.")
        return "", False
    return parsed.text, parsed.is_local


def _level(
    definition: Mapping[str, Any],
    values: dict[str, Any],
    eform: object,
    requirements: list[dict[str, Any]],
    methods: list[dict[str, Any]],
    problems: Problems,
) -> None:
    """Level and mode agree with each other and with what is there (BD-4…7, BD-23, BD-24)."""
    level = parts.whole(definition, "service_level", 1, 4, problems, needed=True)
    values["service_level"] = level or 1
    try:
        mode = ServiceMode(str(definition.get("service_mode")))
    except ValueError:
        problems.add("service_mode", "phải là full, partial hoặc information.")
        return
    values["service_mode"] = mode.value
    if not level:
        return
    if mode not in MODES_OF_LEVEL[level]:
        problems.add("service_mode", f"mức độ {level} không đi với “{mode.label}”.")
    has_form = eform is not None or any(row["form_names"] for row in requirements)
    parts_there = {
        "eform": eform is not None,
        "route": bool(values["route"]),
        "time": bool(values["time_unit"]),
        "methods": any(row["way"] == "online" for row in methods),
    }
    for key in lacking(level, has_form=has_form, parts=parts_there):
        if key == "level":
            problems.add("service_level", "thủ tục có mẫu đơn, tờ khai ít nhất là mức độ 2 (BD-24).")
        else:
            problems.add(key, f"cần có khi mức độ dịch vụ là {level} (BD-6, BD-23).")
