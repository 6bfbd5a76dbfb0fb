"""Every page as each role meets it: nothing for axe to find, nothing sideways, no more bytes than promised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.acceptance.proof import accepts
from tests.journeys import stage
from tests.journeys.product import Product

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text(encoding="utf-8")
LOOK = """() => axe.run(document, {iframes: false, resultTypes: ["violations"]}).then(
  found => found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 200))]))"""
WIDTHS = (1280, 320)
COLD, WARM = 60 * 1024, 10 * 1024
"""Bytes a citizen's page may cost at the first and at every later visit (interface.md, Citizens 1)."""


@dataclass(frozen=True)
class Page:
    """An address, what it answers, and what to do there before looking."""

    path: str
    status: int = 200
    do: Callable[[Any], None] | None = None


@dataclass
class Found:
    """What is wrong, and what the page weighs in bytes."""

    page: Page
    faults: list[str]
    title: str = ""
    path: str = ""
    bytes: list[int] = field(default_factory=list)
    """First visit, later visit."""


def _press(page: Any) -> None:
    """Send the form as it stands: the page comes back with everything that is missing."""
    page.locator("main form button.mc-act").last.click()
    page.wait_for_load_state()


def _press_named(page: Any, name: str) -> None:
    """Send the form of this button as it stands."""
    page.locator(f"main button[name={name}]").click()
    page.wait_for_load_state()


def _fill(**values: str) -> Callable[[Any], None]:
    def do(page: Any) -> None:
        for name, value in values.items():
            page.locator(f"main [name={name}]").fill(value)
        _press(page)

    return do


def _ask_for_code(code: str) -> Callable[[Any], None]:
    def do(page: Any) -> None:
        page.locator("main [name=ask]").fill(code)
        page.locator("main [name=_code]").click()
        page.wait_for_load_state()
        assert page.url.endswith("/tra-cuu/ma/")

    return do


def _report(page: Any) -> None:
    """Report what the form came prefilled with; the receipt follows."""
    page.locator("main [name=kind]").first.check()
    page.locator("main [name=accused_is]").first.check()
    page.locator("main [name=account]").fill("Có người đứng tên tôi nộp hồ sơ này.")
    _press(page)
    assert page.url.endswith("/bao-vi-pham/da-nhan/")


def visitor(facts: dict[str, Any]) -> list[Page]:
    """Anyone."""
    code = next(iter(facts["filed"].values()))
    return [
        Page("/"),
        Page("/thu-tuc/"),
        Page("/thu-tuc/?tim=giay+khai+sinh"),
        Page("/thu-tuc/?tim=zzzz+qqqq"),
        Page("/thu-tuc/2.000635/"),
        Page("/thu-tuc/1.013225/"),
        Page("/thu-tuc/1.001456/"),
        Page("/thu-tuc/2.000635/to-khai-trang/"),
        Page("/viec-trong-doi/sinh-con/"),
        Page("/co-quan/"),
        Page("/co-quan/?ten=zzzz"),
        Page("/tinh-han/"),
        Page("/tinh-han/?ngay=18/11/2026&gio=14:00&so=10&don_vi=working_days"),
        Page("/huong-dan/"),
        Page("/quy-dinh/"),
        Page("/quy-dinh/?ngay=01/01/2018"),
        Page("/quy-dinh/?ngay=x", 422),
        Page("/quay/1/lay-so/"),
        Page("/quay/1/goi-so/"),
        Page("/tra-cuu/"),
        Page("/tra-cuu/", 422, _press),
        Page("/bao-vi-pham/"),
        Page("/bao-vi-pham/", 422, _press),
        Page(f"/bao-vi-pham/?loai=dossier&ma={code}", 200, _report),
        Page("/bao-vi-pham/da-nhan/"),
        Page("/bao-vi-pham/theo-doi/"),
        Page("/bao-vi-pham/theo-doi/", 200, _fill(number="VP-2026-99999", secret="22222222")),
        Page("/tra-cuu/", 200, _fill(ask=code)),
        Page("/tra-cuu/", 200, _fill(ask="H99.99-990101-9999")),
        Page("/tra-cuu/", 200, _ask_for_code(code)),
        Page("/kiem-tra/"),
        Page(f"/kiem-tra/{facts['token']}"),
        Page("/kiem-tra/khong-co-giay-nay", 404),
        Page("/tai-khoan/dang-nhap/"),
        Page("/tai-khoan/dang-nhap/?next=/ho-so/"),
        Page("/tai-khoan/dang-nhap/", 422, _press),
        Page("/tai-khoan/dang-ky/"),
        Page("/tai-khoan/dang-ky/", 422, _press),
        Page("/tai-khoan/dang-ky/to-chuc/"),
        Page("/tai-khoan/quen-mat-khau/"),
        Page("/tai-khoan/quen-mat-khau/", 200, _fill(login="lan@example.vn")),
        Page("/tai-khoan/bi-khoa/", 403),
        Page("/tai-khoan/gui-tiep/"),
        Page("/tai-khoan/cong-quoc-gia/xac-nhan/", 400),
        Page("/khong-co-trang-nay/", 404),
        Page("/thu-tuc/9.999999/", 404),
        Page("/sandbox/"),
        Page("/_thu-vien/"),
        Page("/_thu-vien/?mat=ban"),
    ]


def citizen(facts: dict[str, Any]) -> list[Page]:
    """Lan, with something in every state a citizen can stand in."""
    filed, drafts = facts["filed"], facts["drafts"]
    waiting, draft = filed["awaiting_supplement"], f"/ho-so-nhap/{facts['drafts'][0]['key']}"
    steps = [Page(f"/ho-so-nhap/{row['key']}/to-khai/{step}/") for row in drafts for step in row["steps"]]
    wrong = [Page(page.path, 422, _press) for page in steps[:2]]
    return [
        Page("/nop-ho-so/2.000635/"),
        Page("/nop-ho-so/1.000894/"),
        Page("/nop-o-bo-nganh/1.001456/"),
        *steps,
        *wrong,
        *(Page(f"/ho-so-nhap/{row['key']}/giay-to/") for row in drafts),
        Page(f"{draft}/nhan-ket-qua/"),
        Page(f"{draft}/kiem-tra/"),
        Page(f"/ho-so-nhap/{facts['running']}/kiem-tra/"),
        Page(f"{draft}/xoa/"),
        Page("/ho-so/"),
        *(Page(f"/ho-so/{code}/") for code in filed.values()),
        Page(f"/ho-so/{waiting}/bo-sung/"),
        Page(f"/ho-so/{waiting}/bo-sung/", 422, _press),
        Page(f"/ho-so/{waiting}/rut/"),
        Page(f"/ho-so/{filed['delivered']}/rut/"),
        Page(f"/ho-so/{waiting}/bien-nhan/"),
        Page(f"/ho-so/{waiting}/to-khai/"),
        Page("/ho-so/H99.99-990101-9999/", 404),
        Page("/hop-thu/"),
        Page(f"/hop-thu/{facts['letter']}/"),
        Page("/kho-giay-to/"),
        Page("/kho-giay-to/them/"),
        Page("/kho-giay-to/them/", 422, _press),
        Page(f"/kho-giay-to/{facts['vault']}/"),
        Page(f"/kho-giay-to/{facts['vault']}/bo/"),
        Page("/tai-khoan/dong-y/papers/"),
        Page("/tai-khoan/dong-y/answers/"),
        Page("/tai-khoan/da-giu/"),
        Page("/tai-khoan/ca-nhan/"),
        Page("/tai-khoan/doi-mat-khau/"),
        Page("/tai-khoan/cong-quoc-gia/noi/"),
        Page("/tai-khoan/cong-quoc-gia/noi/", 422, _press),
        Page("/tai-khoan/doi-mat-khau/", 422, _press),
        Page("/tai-khoan/doi-lien-he/"),
        Page("/tai-khoan/dang-xuat/"),
        Page("/mot-cua/", 404),
    ]


def newcomer(facts: dict[str, Any]) -> list[Page]:
    """Somebody who has nothing yet: every list says what to do next."""
    return [Page("/ho-so/"), Page("/hop-thu/"), Page("/kho-giay-to/")]


def officer(login: str) -> Callable[[dict[str, Any]], list[Page]]:
    """The list in its groups, a dossier of every state, the page of every act, and of every act not to be done now."""

    def pages(facts: dict[str, Any]) -> list[Page]:
        mine = facts["officers"][login]
        tabs = ("", "?nhom=waiting", "?nhom=elsewhere", "?nhom=done", "?nhom=all", "?nhom=all&han=late")
        return [
            *(Page(f"/mot-cua/{tab}") for tab in tabs),
            *(Page(f"/mot-cua/ho-so/{code}/") for code in mine["states"].values()),
            *(Page(f"/mot-cua/ho-so/{code}/{act}/") for act, code in mine["acts"].items()),
            *(Page(f"/mot-cua/ho-so/{code}/{act}/", status) for act, (code, status) in mine["refused"].items()),
        ]

    return pages


EVERYBODYS = ("hop-thu/", "danh-sach/", "xuat/", "hang-loat/", "ai-duoc-lam-gi/")
"""Pages of the desk that every officer who works on dossiers has."""


def examiner(facts: dict[str, Any]) -> list[Page]:
    """Hà, with everything that lies beside her list."""
    return [*officer("ha")(facts), *(Page(f"/mot-cua/{path}") for path in (*EVERYBODYS, "y-kien/"))]


def leader(facts: dict[str, Any]) -> list[Page]:
    """Quang signs, foresees, hands over, and changes the calendar."""
    own = (
        "lanh-dao/",
        "sap-dien-ra/",
        "nguoi-thay/",
        "lich-lam-viec/",
        "ngung-hoat-dong/",
        "lich-truc/",
        "cong-bo/",
        "dich-vu/",
        "dich-vu/de-nghi/2.000635/",
        "luu-tru/",
        "luu-tru/?nhom=dang-luu",
        "luu-tru/huy/",
    )
    return [*officer("quang")(facts), *(Page(f"/mot-cua/{path}") for path in own)]


def postal(facts: dict[str, Any]) -> list[Page]:
    """Tâm of the post: parcels, lists, lost ones, intake; nothing else of the desk."""
    own = ("", "that-lac/", "tiep-nhan/", "tiep-nhan/2.000635/")
    return [*(Page(f"/mot-cua/buu-chinh/{path}") for path in own), Page("/mot-cua/", 404)]


def operator(facts: dict[str, Any]) -> list[Page]:
    """Who runs the portal looks over the post and the calendar of the province."""
    cases = ("vu-viec/", "vu-viec/?han=qua", f"vu-viec/{facts['case']}/", "danh-gia/")
    own = ("buu-chinh/tong-hop/", "lich-lam-viec/", "ngung-hoat-dong/", "ai-duoc-lam-gi/", "cong-bo/", "dich-vu/")
    bodies = ("sap-xep/", "sap-xep/moi/", f"sap-xep/phuong-an/{facts['plan']}/")
    wrong = Page("/mot-cua/sap-xep/moi/", 422, lambda page: _press_named(page, "lap"))
    return [*(Page(f"/mot-cua/{path}") for path in (*own, *cases, *bodies)), wrong]


def counter(facts: dict[str, Any]) -> list[Page]:
    """Minh also takes in those who come in person."""
    intake = facts["intake"]
    begun = f"/mot-cua/quay/ho-so/{intake['key']}"
    waiting = facts["officers"]["minh"]["states"]["awaiting_supplement"]
    return [
        *officer("minh")(facts),
        *(Page(f"/mot-cua/?nhom={tab}") for tab in ("waiting", "elsewhere", "done", "all&han=late")),
        Page(f"/mot-cua/ho-so/{waiting}/supplement/"),
        Page(f"/mot-cua/ho-so/{waiting}/ghi-nhan-vi-pham/"),
        Page("/mot-cua/quay/"),
        Page("/mot-cua/quay/?tim=zzzz"),
        Page("/mot-cua/quay/1.001193/"),
        Page("/mot-cua/quay/1.001193/", 422, _press),
        Page(f"{begun}/"),
        Page("/mot-cua/so-theo-doi/"),
        Page("/mot-cua/lich-truc/"),
        Page("/mot-cua/buu-chinh/"),
        *(Page(f"/mot-cua/{path}") for path in EVERYBODYS),
        *(Page(f"{begun}/to-khai/{step}/") for step in intake["steps"]),
        Page(f"{begun}/giay-to/"),
        Page(f"{begun}/nop/"),
        Page("/mot-cua/chua-gui-duoc/"),
        Page("/mot-cua/ho-so/H99.99-990101-9999/", 404),
    ]


ROLES: dict[str, tuple[str | None, Callable[[dict[str, Any]], list[Page]]]] = {
    "a visitor": (None, visitor),
    "Lan, who files": ("lan@example.vn", citizen),
    "a newcomer": (stage.NEWCOMER[0], newcomer),
    "Minh at the counter": ("minh", counter),
    "Hà, who examines": ("ha", examiner),
    "Bình, head of a division": ("binh", officer("binh")),
    "Quang, who signs": ("quang", leader),
    "Thu at the register": ("thu", officer("thu")),
    "Tâm of the post": ("tam", postal),
    "the operator": ("dieuhanh", operator),
}


@pytest.fixture(params=ROLES, ids=list(ROLES))
def role(request: pytest.FixtureRequest, product: Product, browser: Any) -> Iterator[tuple[str | None, Any, Any]]:
    """Who looks, in a browser of their own; only here may a script be brought into our pages."""
    login, pages = ROLES[request.param]
    context = browser.new_context(
        base_url=product.url,
        viewport={"width": WIDTHS[0], "height": 900},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.set_default_timeout(30_000)
    scripts: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: scripts.append(f"{page.url}: {error}"))
    if login is not None:
        passwords = {name: row["password"] for name, row in product.accounts().items()} | dict([stage.NEWCOMER])
        page.goto("/tai-khoan/dang-nhap/")
        page.locator("[name=login]").fill(login)
        page.get_by_label("Mật khẩu").fill(passwords[login])
        _press(page)
    yield login, page, pages
    context.close()
    assert not scripts


@accepts("HY-31")
def test_a_page_is_whole_light_and_for_everyone(role: tuple[str | None, Any, Any], facts: dict[str, Any]) -> None:
    login, page, pages = role
    scale = Scale(page)
    found = [_look(page, scale, one) for one in pages(facts)]
    heavy: dict[str, list[int]] = {}
    if login is None or "@" in login:
        weighed = sorted((one for one in found if one.page.do is None), key=lambda one: -one.bytes[0])
        for one in weighed[:10]:
            print(f"{one.bytes[0] / 1024:6.1f} KB, then {one.bytes[1] / 1024:4.1f} KB  {one.page.path}")
        read = [one for one in weighed if "_thu-vien" not in one.page.path]  # the gallery is for developers
        heavy = {_name(one.page): one.bytes for one in read if one.bytes[0] > COLD or one.bytes[1] > WARM}
    wrong = {_name(one.page): one.faults for one in found if one.faults}
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
    _titles_differ(found)
    assert not heavy


def test_no_page_of_the_site_is_left_out(facts: dict[str, Any]) -> None:
    """Whatever answers GET with a page is in the lists above; the rest is named here with its reason."""
    from django.urls import get_resolver, resolve

    listed = {
        resolve(urlsplit(page.path).path).view_name
        for _, pages in ROLES.values()
        for page in pages(facts)
        if page.status != 404 or "kiem-tra" in page.path
    }
    every = set(_names(get_resolver()))
    assert every - listed - NOT_PAGES == set()


NOT_PAGES = {
    "healthz", "ui:display", "portal:units",  # machines, and the switch in the header
    "portal:draft", "account_landing", "portal:lookup_code",  # come after another page, or lead on to one
    "portal:autosave", "portal:upload", "portal:supplement_upload",  # take what is sent
    "desk:counter_upload", "desk:counter_discard", "desk:queue", "desk:queue_groups",
    "portal:queue_ticket", "desk:counter_scan",  # after a number was taken; of a dossier handed over on paper
    "portal:file", "portal:paper", "portal:vault_file",  # files
    "desk:file", "desk:paper", "desk:control_sheet", "desk:draft_result", "desk:register_book",
    "account_activate", "account_recover_code", "account_new_password", "account_contact_code",  # after a code
    "account_national", "account_national_callback",  # lead to the national portal and back
    "sandbox:mail", "sandbox:sms", "sandbox:carrier", "sandbox:registers",  # the sandbox's first page, narrowed
    "desk:bulk", "desk:bulk_run", "desk:bulk_undo", "desk:view_save", "desk:export",  # of rows chosen in a list
    "desk:calendar_change", "desk:note", "desk:crosscheck",  # after something was proposed or written
    "desk:post_bring", "portal:parcels",  # takes what is sent; of a result that goes by post
    "desk:post_open", "desk:post_list", "desk:post_list_choose",  # of one list
    "desk:post_parcel", "desk:post_case",  # of one parcel, loss
    "desk:post_intake_fill", "desk:post_intake_papers", "desk:post_intake_finish", "desk:post_intake_discard",
    "desk:completeness_of", "desk:completeness_file",  # a leader is led on to the first
    "desk:service", "desk:reorganisation",  # after something was proposed; carried out
    "desk:archive_item", "desk:archive_package", "desk:archive_list",  # a month after a dossier was closed
    "desk:archive_propose", "desk:archive_hold", "desk:archive_term",  # take what is sent
    "desk:export_file", "desk:post_list_pdf", "desk:post_photo", "desk:post_receipt",  # files
    "desk:cases_export", "desk:case_file", "desk:case_evidence", "portal:rate",  # files; takes what is sent
}  # fmt: skip


def _names(resolver: Any, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            if entry.namespace != "api":
                yield from _names(entry, space + inner)
        elif entry.name:
            yield space + entry.name


class Scale:
    """Bytes that came over the wire since it was last read, headers included."""

    def __init__(self, page: Any) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.bytes = 0
        self.session.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def empty(self, *, cold: bool) -> None:
        if cold:
            self.session.send("Network.clearBrowserCache")
        self.bytes = 0


def _look(page: Any, scale: Scale, wanted: Page) -> Found:
    """Open it with an empty cache on a wide screen, then again on a narrow one. Axe gives late bytes time to come."""
    found = Found(wanted, [])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wanted.do is None or width == WIDTHS[0]:
            scale.empty(cold=width == WIDTHS[0])
            status = _open(page, wanted)
            if status != wanted.status:
                found.faults.append(f"answers {status}, not {wanted.status}")
            page.evaluate(AXE)
        found.faults += [f"{width} px: {rule}: {where}" for rule, where in page.evaluate(LOOK)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.faults.append(f"{width} px: scrolls sideways")
        found.bytes.append(scale.bytes)
    found.faults += _once(page)
    found.title, found.path = page.title(), urlsplit(page.url).path
    return found


def _open(page: Any, wanted: Page) -> int:
    """The status of the page that stands there at last."""
    seen: list[int] = []

    def note(answer: Any) -> None:
        if answer.request.is_navigation_request() and answer.frame == page.main_frame:
            seen.append(answer.status)

    page.on("response", note)
    page.goto(wanted.path)
    if wanted.do is not None:
        wanted.do(page)
    page.remove_listener("response", note)
    return seen[-1]


def _once(page: Any) -> Iterator[str]:
    """What every page has once."""
    headings, language, red = page.evaluate(
        "[document.querySelectorAll('h1').length, document.documentElement.lang,"
        " new Set([...document.querySelectorAll('main .mc-act')].map(e => e.firstChild.textContent)).size]"
    )
    if headings != 1:
        yield f"{headings} h1"
    if language != "vi":
        yield f"language {language}"
    if red > 1 and "_thu-vien" not in page.url:
        yield f"{red} red buttons"
    if not page.title().split(" – ")[0].strip():
        yield "no title"


def _titles_differ(found: list[Found]) -> None:
    """No two addresses share a title (an error keeps its page's)."""
    titles: dict[str, str] = {}
    for one in found:
        if one.page.do is None and one.page.status == 200:
            path = one.path
            assert titles.setdefault(one.title, path) == path, f"{one.title}: {titles[one.title]} and {path}"


def _name(page: Page) -> str:
    return f"{page.path} {page.status}"
