"""What hostile people and broken programs send, and what a page may never answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

CANARY = "Dấu7Q"
COMPOSED = f"{CANARY} Nguyễn Thị Ửng Hoè"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
PRODUCT = "14855407"
"""77777 × 191: what a template that evaluates an answer would print."""

TEXTS: dict[str, str] = {
    "decomposed": DECOMPOSED,
    "nul": f"{CANARY}\x00sau",
    "control": f"{CANARY}\x1b[31m\x07\x08\x7f\x85",
    "bidi": f"{CANARY}\u202e\u2066gpj.exe\u2069",
    "zero-width": f"{CANARY}\u200b\u200d\ufeff\u00ad",
    "tags": f"{CANARY}\U000e0041\ufff9\ue000",
    "script": f"{CANARY}<script>alert(7)</script>",
    "broken-out": f"{CANARY}\"'><img src=x onerror=alert(7)><svg/onload=alert(7)>",
    "textarea": f"{CANARY}</textarea></title></select><iframe src=javascript:alert(7)>",
    "link": f"javascript:alert(7)//{CANARY}",
    "data": f"data:text/html,{CANARY}<script>1</script>",
    "template": f"{CANARY}{{{{77777*191}}}}{{%debug%}}${{77777*191}}#{{77777*191}}",
    "percent": f"{CANARY}%s%d%(name)s{{0}}{{a.__class__}}%n",
    "sql": f"{CANARY}' OR 1=1; DROP TABLE dossiers_dossier;--",
    "like": f"{CANARY}%_\\",
    "tsquery": f"{CANARY} & | ! ( :* ' <->",
    "formula": f"=1+1|cmd!{CANARY}",
    "full-width-formula": f"＝HYPERLINK({CANARY})",
    "header": f"{CANARY}\r\nSet-Cookie: a=b\r\n\r\n<h1>",
    "path": f"../../../../etc/passwd{CANARY}",
    "windows-path": f"C:\\con\\{CANARY}\\..\\nul",
    "emoji": f"{CANARY}👩‍👩‍👧‍👦🇻🇳",
    "zalgo": f"{CANARY}{'o' + chr(0x301) * 400}",
    "long": CANARY + "ă" * 500_000,
    "many-lines": CANARY + "\n" * 50_000,
    "spaces": " \t\n\u00a0\u3000",
    "huge-number": "9" * 5000,
    "negative": "-1",
    "superscript": "²",
    "arabic-digits": "٣٤٥",
    "exponent": "1e999",
    "nan": "NaN",
    "infinity": "-Infinity",
    "bigint": str(2**63),
    "json": '{"a":[{}]}',
    "date": "31/02/2026",
    "far-date": "99999-12-31",
    "null-word": "null",
    "surrogate": f"{CANARY}\ud800",
}

SHARP = ("decomposed", "nul", "bidi", "broken-out", "textarea", "template", "long", "huge-number", "surrogate")
"""One of each kind, for a form with a single box."""

CRUDE = ("nul", "broken-out", "huge-number", "superscript")
"""For what has no box: hidden fields, choices, buttons."""

_ENGLISH = re.compile(
    r"Ensure this|This field|Null characters|Enter a |Select a valid|is not a valid|Traceback|Internal Server Error"
)
_TYPED = frozenset({"text", "textarea", "search", "email", "tel", "number", "date"})
_ACTIVE_TAGS = frozenset({"iframe", "object", "embed", "base", "applet", "foreignobject"})


@dataclass
class Field:
    """A control of a form."""

    name: str
    kind: str
    value: str = ""


@dataclass
class Form:
    """A form of a page, as a browser without script would send it."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def boxes(self) -> list[Field]:
        """What one types into."""
        return [one for one in self.fields if one.kind in _TYPED]

    def data(self, typed: Iterable[str] = (), *, every: str | None = None) -> dict[str, list[str]]:
        """What is sent when `typed` goes into the boxes one by one, or `every` into all there is but files."""
        sent: dict[str, list[str]] = {}
        texts = iter(typed)
        for one in self.fields:
            if one.kind == "file" or (one.kind == "button" and every is None):
                continue
            value = one.value if every is None else every
            if one.kind in _TYPED and every is None:
                value = next(texts, value)
            sent.setdefault(one.name, []).append(value)
        return {name: values if every is None else values[:1] for name, values in sent.items()}

    def rounds(self) -> Iterator[list[str]]:
        """Names of texts for the boxes, so that each text is typed once; all of them only where there is room."""
        room = len(self.boxes)
        names = list(TEXTS) if room > 1 else list(SHARP)
        for start in range(0, len(names), room or len(names)):
            yield names[start : start + room]


class Page(HTMLParser):
    """Forms and active content of a page."""

    def __init__(self, html: str, address: str = "/") -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.forms, self.active = address, list[Form](), list[str]()
        self._form: Form | None = None
        self._select: Field | None = None
        self._text: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._judge(tag, given)
        name = given.get("name", "")
        if tag == "form":
            self._form = Form(given.get("action") or self.address, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is None or not name:
            return
        elif tag == "input":
            kind = "hidden" if "hidden" in given or "readonly" in given else given.get("type", "text")
            if (
                kind in {"radio", "checkbox"}
                and "checked" not in given
                and any(f.name == name for f in self._form.fields)
            ):
                return
            self._form.fields.append(
                Field(
                    name, "button" if kind == "submit" else kind, given.get("value", "on" if kind == "checkbox" else "")
                )
            )
        elif tag == "textarea":
            self._form.fields.append(Field(name, "textarea"))
        elif tag == "select":
            self._form.fields.append(Field(name, "select"))
            self._select = self._form.fields[-1]
        elif tag == "button":
            self._form.fields.append(Field(name, "button", given.get("value", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _judge(self, tag: str, given: dict[str, str]) -> None:
        if (
            self._select is not None
            and tag == "option"
            and (given.get("value") and not self._select.value or "selected" in given)
        ):
            self._select.value = given.get("value", "")
        own_frame = tag == "iframe" and given.get("src", "").startswith("/") and not given["src"].startswith("//")
        if (tag in _ACTIVE_TAGS and not own_frame) or (tag == "meta" and "http-equiv" in given):
            self.active.append(f"<{tag} {given}>")
        if (
            tag == "script"
            and not given.get("src", "").startswith("/static/")
            and given.get("type") != "application/json"
        ):
            self.active.append(f"<script {given}>")
        for name, value in given.items():
            target = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.active.append(f"{tag} {name}={value[:60]}")
            if name in {"href", "src", "action", "formaction", "xlink:href"} and target.startswith(
                ("javascript:", "vbscript:", "data:text")
            ):
                self.active.append(f"{tag} {name}={value[:60]}")


@dataclass
class Siege:
    """Sends things as one person and collects what was answered wrongly."""

    client: Client
    who: str
    faults: list[str] = field(default_factory=list)
    sent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    def forms_at(self, address: str) -> list[Form]:
        """The forms a page offers (not those of its frame), or nothing when there is no such page now."""
        answer = self.client.get(address)
        self.judge(f"{self.who}: GET {address}", answer)
        if answer.status_code != 200:
            return []
        forms = Page(answer.content.decode(), address).forms
        return [form for form in forms if not form.action.startswith(("/hien-thi/", "/tai-khoan/dang-xuat/"))]

    def storm(self, address: str) -> int:
        """Every text into the boxes of every form of a page, some into everything, nothing, and everything thrice.

        Nothing of it stays: each request is taken back. Answers how many forms there were.
        """
        forms = self.forms_at(address)
        for form in forms:
            if form.method == "get":
                self._storm_get(form)
                continue
            for names in form.rounds():
                self.post(form, " ".join(names), form.data(TEXTS[name] for name in names), names)
            for name in CRUDE:
                self.post(form, f"{name} everywhere", form.data(every=TEXTS[name]))
            self.post(form, "nothing", {})
            thrice = {name: values * 3 for name, values in form.data(every="ba lần").items()}
            nested = {f"{name}[]": values for name, values in thrice.items()}
            others = {"is_staff": ["1"], "state": ["delivered"], "__proto__": ["1"]}
            self.post(form, "thrice, and other names", thrice | nested | others)
        return len(forms)

    def _storm_get(self, form: Form) -> None:
        for name in SHARP:
            if len(text := TEXTS[name]) < 10_000:
                query = {key: values[0] for key, values in form.data(every=text).items()}
                self.get(form.action, f"{name} everywhere", query)

    def get(self, address: str, what: str, query: dict[str, str] | None = None) -> Any:
        """A GET that must be answered, with nothing active."""
        with taken_back():
            answer = self.client.get(address, {k: _sendable(v) for k, v in (query or {}).items()})
            self.judge(f"{self.who}: GET {address[:80]} ({what})", answer)
        return answer

    def post(self, form: Form, what: str, data: dict[str, list[str]], typed: Iterable[str] = ()) -> None:
        """A POST that must be refused in words, or done with clean data."""
        label = f"{self.who}: POST {form.action[:80]} ({what})"
        with taken_back():
            answer = self.client.post(form.action, {k: [_sendable(v) for v in vs] for k, vs in data.items()})
            self.judge(label, answer)
            if answer.status_code == 302 or "json" in answer.get("Content-Type", ""):
                self.faults += [f"{label} stored {dirt}" for dirt in unclean_rows()]
                return
            if answer.status_code not in {200, 422}:
                return
            shown = unicodedata.normalize("NFC", unescape(answer.content.decode()))
            kept = [name for name in typed if CANARY in TEXTS[name] and len(TEXTS[name]) < 10_000]
            if shown.count(CANARY) < len(kept):
                self.faults.append(f"{label} lost what was typed")
            if "decomposed" in kept and COMPOSED not in shown:
                self.faults.append(f"{label} changed honest Vietnamese")

    def judge(self, label: str, answer: Any) -> None:
        """Never a server error, never active content, never English, never a header of the sender's."""
        self.sent += 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        label = f"{label}: {answer.status_code}"
        if answer.status_code >= 500 or answer.status_code in {401, 402, 406, 411, 414}:
            error = getattr(answer, "exc_info", None)
            self.faults.append(f"{label} {error[1] if error else ''!r}"[:400])
            return
        if "a" in answer.cookies:
            self.faults.append(f"{label} set a cookie it was told to")
        where = urlsplit(answer.get("Location", ""))
        if where.netloc or where.scheme:
            self.faults.append(f"{label} leads away to {answer['Location'][:80]}")
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return
        html = answer.content.decode()
        self.faults += [f"{label} shows {one}" for one in Page(html).active[:3]]
        if PRODUCT in html:
            self.faults.append(f"{label} evaluated what was typed")
        if found := _ENGLISH.search(html):
            start = max(0, found.start() - 40)
            self.faults.append(f"{label} speaks English: {html[start : found.end() + 60]!r}")
        if answer.status_code == 422 and not ("error" in html and 'lang="vi"' in html):
            self.faults.append(f"{label} does not say what is wrong")


def siege(account: Any = None) -> Siege:
    """A besieger: a visitor, or whoever owns `account`."""
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account)
    return Siege(client, account.login if account else "visitor")


def told(one: Siege) -> str:
    """What went wrong, for the message of an assertion."""
    return f"{len(one.faults)} of {one.sent} ({one.statuses}):\n" + "\n".join(one.faults[:60])


def unclean_rows() -> Iterator[str]:
    """Texts in rows written lately that are not composed or hold what nobody types on purpose."""
    from motcua.accounts.models import Account
    from motcua.dossiers.models import Dossier, Finding, TimelineEntry
    from motcua.notifications.models import Message

    for model in (Dossier, Account, Finding, TimelineEntry, Message):
        for row in model._default_manager.order_by("-pk")[:4]:
            for column in model._meta.concrete_fields:
                yield from _unclean(f"{model.__name__}.{column.attname}", row.__dict__.get(column.attname))


def _unclean(where: str, value: Any) -> Iterator[str]:
    from motcua.rules.text import has_forbidden

    if isinstance(value, str):
        if value != unicodedata.normalize("NFC", value):
            yield f"{where} decomposed: {value[:40]!r}"
        if has_forbidden(value):
            yield f"{where} with odd characters: {value[:40]!r}"
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _unclean(f"{where}.{key}"[:80], one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _unclean(where, one)


class taken_back:
    """A request whose effects are undone."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def _sendable(text: str) -> str | bytes:
    """Half a character goes over the wire as the three bytes a careless program makes of it."""
    return text.encode("utf-8", "surrogatepass") if "\ud800" in text else text
