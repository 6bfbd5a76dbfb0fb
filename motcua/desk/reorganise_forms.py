"""Forms of a reorganisation: bodies are written as one would write them down, a line each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from motcua.agencies.models import Agency, AgencyKind, Tier
from motcua.desk.forms import DeskForm, long_text
from motcua.rules.reorganise import ChangeKind
from motcua.rules.text import clean_line, fold

KINDS = {
    ChangeKind.MERGE: _("Sáp nhập"),
    ChangeKind.SPLIT: _("Chia, tách"),
    ChangeKind.DISSOLVE: _("Giải thể"),
    ChangeKind.RENAME: _("Đổi tên"),
}
MOST_BYTES = 1_000_000
_SHARE = re.compile(r"^(thủ tục|bộ phận|phòng|địa bàn)\s+(.+?)\s*=\s*(.+)$", re.IGNORECASE)
_SHARES_OF = {"thủ tục": "procedure", "bộ phận": "division", "phòng": "division", "địa bàn": "unit"}


@dataclass
class Bodies:
    """Agencies by what one may call them: code or name, however it is accented."""

    agencies: Iterable[Agency]
    by_code: dict[str, Agency] = field(default_factory=dict)
    by_name: dict[str, list[Agency]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for agency in self.agencies:
            self.by_code[agency.code.upper()] = agency
            self.by_name.setdefault(fold(agency.name), []).append(agency)

    def find(self, text: str) -> Agency:
        """The one agency meant. Raises `ValidationError` with what it may have been."""
        known = self.by_code.get(text.upper())
        called = [known] if known else self.by_name.get(fold(text), [])
        if len(called) == 1:
            return called[0]
        near = called or [one for name, rows in self.by_name.items() if fold(text) in name for one in rows]
        if len(near) == 1:
            return near[0]
        told = "; ".join(f"{one.code} {one.name}" for one in near[:4])
        if near:
            raise ValidationError(
                now("“%(text)s” có thể là: %(told)s. Hãy ghi mã."), params={"text": text, "told": told}
            )
        raise ValidationError(now("Không có cơ quan nào mã hoặc tên “%(text)s”."), params={"text": text})


class ChangeForm(DeskForm):
    """One change: what happens, to whom, who follows, and who takes which work."""

    kind = forms.ChoiceField(
        label=_("Việc sắp xếp"),
        widget=forms.RadioSelect,
        choices=[(kind.value, words) for kind, words in KINDS.items()],
    )
    sources = long_text(
        _("Cơ quan được sắp xếp"),
        help_text=_("Mỗi dòng một cơ quan, ghi mã hoặc tên. Chỉ khi sáp nhập mới có nhiều cơ quan."),
        required=True,
        rows=3,
    )
    heirs = long_text(
        _("Cơ quan kế thừa"),
        help_text=_(
            "Mỗi dòng một cơ quan. Cơ quan đang có: ghi mã hoặc tên. Cơ quan thành lập mới: ghi “mã | tên”, thêm “| mã "
            "đơn vị hành chính” nếu có. Đổi tên: chỉ ghi tên mới. Việc không chia riêng thuộc về cơ quan ở dòng đầu."
        ),
        required=True,
        rows=3,
    )
    tier = forms.ChoiceField(
        label=_("Cấp của cơ quan mới"), required=False, choices=[("", _("Như cơ quan được sắp xếp")), *Tier.choices]
    )
    body = forms.ChoiceField(
        label=_("Loại của cơ quan mới"),
        required=False,
        choices=[
            ("", _("Như cơ quan được sắp xếp")),
            *(row for row in AgencyKind.choices if row[0] != AgencyKind.POST),
        ],
    )
    shares = long_text(
        _("Chia việc"),
        help_text=_(
            "Khi có nhiều cơ quan kế thừa, mỗi dòng một phần việc: “thủ tục 1.013225 = mã cơ quan”, “bộ phận Tư pháp = "
            "mã cơ quan”, “địa bàn 21609 = mã cơ quan” (mã đơn vị hành chính nơi người nộp ở)."
        ),
        rows=3,
    )

    def __init__(self, *args: Any, bodies: Bodies, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bodies = bodies

    def clean_sources(self) -> list[Agency]:
        return [self.bodies.find(line) for line in _lines(self.cleaned_data["sources"])]

    def clean(self) -> dict[str, Any]:
        """Successors and shares, which need to know the sources."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        sources: list[Agency] = given.get("sources") or []
        if not sources or "kind" not in given or "heirs" not in given:
            return given
        for name, read in (("heirs", self._heirs), ("shares", self._shares)):
            try:
                given[name] = read(given.get(name) or "", sources)
            except ValidationError as error:
                self.add_error(name, error)
                break
        return given

    def change(self) -> dict[str, Any]:
        """As `rules.reorganise.read_plan` reads it."""
        given = self.cleaned_data
        row = {"kind": given["kind"], "from": [agency.code for agency in given["sources"]], "to": given["heirs"]}
        return row | ({"shares": given["shares"]} if given["shares"] else {})

    def _heirs(self, text: str, sources: list[Agency]) -> list[Any]:
        return [self._heir(line, sources) for line in _lines(text)]

    def _heir(self, line: str, sources: list[Agency]) -> Any:
        parts = [clean_line(part) for part in line.split("|")]
        if self.cleaned_data["kind"] == ChangeKind.RENAME:
            return {"code": sources[0].code, "name": parts[-1]}
        if len(parts) == 1:
            return self.bodies.find(parts[0]).code
        if len(parts) > 3 or not all(parts):
            raise ValidationError(
                now("Không đọc được dòng “%(line)s”. Hãy ghi “mã | tên”."), params={"line": line[:60]}
            )
        code, name = parts[0].upper(), parts[1]
        first = sources[0]
        return {
            "code": code,
            "name": name,
            "tier": self.cleaned_data.get("tier") or first.tier,
            "kind": self.cleaned_data.get("body") or first.kind,
            "parent": first.parent.code if first.parent else "",
            "unit_code": parts[2] if len(parts) == 3 else "",
        }

    def _shares(self, text: str, sources: list[Agency]) -> dict[str, str]:
        heirs = self.cleaned_data["heirs"]
        codes = {code: code for code in (heir if isinstance(heir, str) else heir["code"] for heir in heirs)}
        named = codes | {fold(heir["name"]): heir["code"] for heir in heirs if not isinstance(heir, str)}
        divisions = {fold(row.name): row.key for agency in sources for row in agency.divisions.all()}
        found: dict[str, str] = {}
        for line in _lines(text):
            match = _SHARE.match(line)
            if match is None:
                raise ValidationError(now("Không đọc được dòng “%(line)s”."), params={"line": line[:60]})
            what, which, whom = _SHARES_OF[match[1].lower()], match[2].strip(), match[3].strip()
            if what == "division":
                which = divisions.get(fold(which), which)
                if which not in divisions.values():
                    raise ValidationError(now("Cơ quan không có bộ phận “%(name)s”."), params={"name": which})
            found[f"{what}:{which}"] = named.get(whom.upper()) or named.get(fold(whom)) or self.bodies.find(whom).code
        return found


class PlanForm(ChangeForm):
    """The first change of a new plan, with its day and the decision it rests on."""

    basis = forms.CharField(
        label=_("Căn cứ"),
        help_text=_(
            "Số, ngày văn bản, cơ quan ban hành. Người nộp đọc căn cứ này khi hồ sơ chuyển sang cơ quan kế thừa."
        ),
        max_length=300,
    )
    day = forms.DateField(
        label=_("Có hiệu lực từ ngày"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Hãy ghi ngày như 01/07/2027.")},
    )
    field_order = ("basis", "day")


class FileForm(DeskForm):
    """A whole plan as a file, the same that `motcua reorganise` reads."""

    file = forms.FileField(
        label=_("Tệp phương án (TOML)"), help_text=_("Dùng khi phương án có nhiều thay đổi; tệp có sẵn ngày và căn cứ.")
    )

    def clean_file(self) -> Mapping[str, Any]:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise ValidationError(_("Tệp quá lớn, phương án chỉ nên dưới 1 MB."))
        try:
            return tomllib.loads(given.read().decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ValidationError(_("Không đọc được tệp: %(why)s"), params={"why": str(error)[:120]}) from error


def _lines(text: str) -> list[str]:
    return [line for line in map(clean_line, text.splitlines()) if line]
