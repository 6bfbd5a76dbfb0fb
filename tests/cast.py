"""The people and offices every test knows, and a small procedure they work on.

Lan files dossiers. Minh sits at the counter, Hà examines, Bình heads her division, Quang signs, Thu keeps the register.
Dũng is a stranger who may see nothing, and Oanh is Minh's colleague at another commune.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.accounts.models import Account, Kind
from motcua.agencies.models import Agency, AgencyKind, Division, OneStopCounter, PostHeld, Tier
from motcua.agencies.queries import actor_of
from motcua.dossiers.actions import draft, submit
from motcua.dossiers.models import Dossier
from motcua.eforms.actions import publish as publish_form
from motcua.files.actions import store
from motcua.parcels.actions import serve
from motcua.procedures.models import Offering, Procedure, ProcedureRevision, Requirement, Sector, ServiceMode
from motcua.rules.acts import Channel
from motcua.rules.people import Actor, Role
from tests.signed_pdf import signed_pdf

SINCE = date(2018, 1, 1)
PASSWORD = "một mật khẩu dài và dễ nhớ"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n173\n%%EOF\n"
)

FORM: dict[str, Any] = {
    "title": "Tờ khai thử",
    "steps": [
        {
            "key": "nguoi_yeu_cau",
            "title": "Người yêu cầu",
            "fields": [
                {
                    "key": "ho_ten",
                    "type": "text",
                    "label": "Họ và tên",
                    "required": True,
                    "prefill": "account.full_name",
                },
                {
                    "key": "so_dinh_danh",
                    "type": "cccd",
                    "label": "Số định danh",
                    "required": True,
                    "prefill": "account.identity_number",
                },
                {"key": "ngay_sinh", "type": "date", "label": "Ngày sinh"},
            ],
        },
        {
            "key": "noi_dung",
            "title": "Nội dung đề nghị",
            "fields": [
                {"key": "so_ban", "type": "integer", "label": "Số bản", "required": True, "min": 1, "max": 20},
                {
                    "key": "uy_quyen",
                    "type": "choice",
                    "label": "Nộp thay người khác",
                    "required": True,
                    "options": [{"value": "co", "label": "Có"}, {"value": "khong", "label": "Không"}],
                },
            ],
        },
    ],
}

ROUTE: list[dict[str, Any]] = [
    {"title": "Tiếp nhận", "kind": "receive", "role": "counter_officer", "hours": 2},
    {"title": "Thẩm tra", "kind": "examine", "role": "case_officer", "hours": 14, "division": "tu-phap"},
    {"title": "Ký duyệt", "kind": "approve", "role": "leader", "hours": 4},
    {"title": "Vào sổ, đóng dấu", "kind": "seal", "role": "records_clerk", "hours": 2},
    {"title": "Trả kết quả", "kind": "return", "role": "counter_officer", "hours": 2},
]

FEES: list[dict[str, Any]] = [
    {
        "code": "PHI",
        "kind": "fee",
        "name": "Phí cấp bản sao",
        "per": "copy",
        "amount": 8000,
        "quantity_from": "so_ban",
        "due": "return",
        "basis": "Thông tư 281/2016/TT-BTC",
    }
]


@dataclass
class Cast:
    """The world of a test at one moment. Everything is made on first use."""

    at: datetime
    return_channel: Channel = Channel.COUNTER
    signs: bool = False
    """Whether the papers of Lan's drafts carry a digital signature."""

    def account(self, login: str, name: str, *, kind: str = Kind.PERSON, **fields: Any) -> Account:
        return Account.objects.create_user(login, PASSWORD, full_name=name, kind=kind, created_at=self.at, **fields)

    @cached_property
    def commune(self) -> Agency:
        return Agency.objects.create(
            code="H08.41.01",
            name="Ủy ban nhân dân xã An Lành",
            kind=AgencyKind.PEOPLES_COMMITTEE,
            tier=Tier.COMMUNE,
            phone="0256 300 0201",
            since=SINCE,
        )

    @cached_property
    def other_commune(self) -> Agency:
        return Agency.objects.create(
            code="H08.41.02",
            name="Ủy ban nhân dân xã Bình Yên",
            kind=AgencyKind.PEOPLES_COMMITTEE,
            tier=Tier.COMMUNE,
            since=SINCE,
        )

    @cached_property
    def counter(self) -> OneStopCounter:
        counter = OneStopCounter.objects.create(
            host=self.commune, name="Bộ phận một cửa xã An Lành", address="Thôn Đông, xã An Lành", phone="0256 300 0202"
        )
        counter.serves.add(self.commune)
        return counter

    @cached_property
    def division(self) -> Division:
        return Division.objects.create(agency=self.commune, key="tu-phap", name="Bộ phận Tư pháp – Hộ tịch")

    def post(self, account: Account, role: Role, agency: Agency, **where: Any) -> Actor:
        PostHeld.objects.create(
            account=account, role=role.value, agency=agency, since=datetime(2018, 1, 1, tzinfo=self.at.tzinfo), **where
        )
        return actor_of(account, at=self.at)

    def officer(self, login: str, name: str) -> Account:
        return self.account(login, name, kind=Kind.OFFICER)

    @cached_property
    def lan_account(self) -> Account:
        return self.account(
            "lan@example.vn",
            "Nguyễn Thị Lan",
            email="lan@example.vn",
            phone="0905123456",
            identity_number="052190000123",
            birth_date=date(1990, 5, 17),
            email_verified_at=self.at,
            phone_verified_at=self.at,
        )

    @cached_property
    def lan(self) -> Actor:
        return actor_of(self.lan_account, at=self.at)

    @cached_property
    def dung_account(self) -> Account:
        return self.account("dung@example.vn", "Trần Văn Dũng", email="dung@example.vn", email_verified_at=self.at)

    @cached_property
    def dung(self) -> Actor:
        return actor_of(self.dung_account, at=self.at)

    @cached_property
    def minh_account(self) -> Account:
        return self.officer("minh", "Lê Quang Minh")

    @cached_property
    def minh(self) -> Actor:
        return self.post(self.minh_account, Role.COUNTER_OFFICER, self.commune, counter=self.counter)

    @cached_property
    def ha_account(self) -> Account:
        return self.officer("ha", "Phạm Thu Hà")

    @cached_property
    def ha(self) -> Actor:
        return self.post(self.ha_account, Role.CASE_OFFICER, self.commune, division=self.division)

    @cached_property
    def binh_account(self) -> Account:
        return self.officer("binh", "Đặng Thanh Bình")

    @cached_property
    def binh(self) -> Actor:
        return self.post(self.binh_account, Role.DIVISION_HEAD, self.commune, division=self.division)

    @cached_property
    def quang_account(self) -> Account:
        return self.officer("quang", "Võ Minh Quang")

    @cached_property
    def quang(self) -> Actor:
        return self.post(self.quang_account, Role.LEADER, self.commune, title="Chủ tịch")

    @cached_property
    def thu_account(self) -> Account:
        return self.officer("thu", "Hồ Thị Thu")

    @cached_property
    def thu(self) -> Actor:
        return self.post(self.thu_account, Role.RECORDS_CLERK, self.commune)

    @cached_property
    def oanh_account(self) -> Account:
        return self.officer("oanh", "Bùi Kim Oanh")

    @cached_property
    def oanh(self) -> Actor:
        return self.post(self.oanh_account, Role.COUNTER_OFFICER, self.other_commune)

    @cached_property
    def post_office(self) -> Agency:
        """The post office that works for the commune's counter."""
        unit = Agency.objects.create(
            code="H08.99.01", name="Bưu cục An Lành", kind=AgencyKind.POST, tier=Tier.COMMUNE, since=SINCE
        )
        serve(unit, self.counter, by=Actor.system("test"), at=self.at)
        return unit

    @cached_property
    def tam_account(self) -> Account:
        return self.officer("tam", "Trần Thị Tâm")

    @cached_property
    def tam(self) -> Actor:
        return self.post(self.tam_account, Role.POSTAL_CLERK, self.post_office, title="Giao dịch viên")

    @cached_property
    def revision(self) -> ProcedureRevision:
        return self.procedure()

    def procedure(self, code: str = "2.000635", **changes: Any) -> ProcedureRevision:
        """A level 3 procedure with one obligatory and one conditional paper; ``changes`` go to its revision."""
        sector, _ = Sector.objects.get_or_create(code="G15-TP07", defaults={"name": "Hộ tịch"})
        values: dict[str, Any] = {
            "number": 1,
            "since": SINCE,
            "name": "Cấp bản sao trích lục hộ tịch",
            "short_name": "Bản sao trích lục hộ tịch",
            "sector": sector,
            "tiers": ["commune"],
            "service_level": 3,
            "service_mode": ServiceMode.FULL,
            "time_amount": 3,
            "time_unit": "working_days",
            "fees": FEES,
            "route": ROUTE,
            "result_title": "Bản sao trích lục hộ tịch",
            "legal_bases": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
            "eform": publish_form("to-khai-thu", FORM, by=Actor.system("test"), at=self.at),
            **changes,
        }
        revision = ProcedureRevision.objects.create(procedure=Procedure.objects.create(code=code), **values)
        Requirement.objects.create(
            revision=revision, key="giay-chung-minh", position=1, name="Giấy tờ chứng minh", originals=1, max_files=2
        )
        Requirement.objects.create(
            revision=revision,
            key="van-ban-uy-quyen",
            position=2,
            name="Văn bản ủy quyền",
            need=Requirement.Need.CONDITIONAL,
            condition={"field": "uy_quyen", "op": "eq", "value": "co"},
            condition_words="nếu nộp thay người khác",
            originals=1,
        )
        Offering.objects.create(procedure=revision.procedure, agency=self.commune, counter=self.counter, since=SINCE)
        _ = self.division
        return revision

    @property
    def offering(self) -> Offering:
        return self.revision.procedure.offerings.get(agency=self.commune)

    def draft(self, *, complete: bool = True, **answers: Any) -> Dossier:
        """Lan's draft; complete means that only the declaration is left to make."""
        dossier = draft.start(self.revision, self.offering, applicant=self.lan_account, by=self.lan, at=self.at)
        key = str(dossier.public_id)
        if complete:
            draft.fill(key, {"so_ban": "2", "uy_quyen": "khong", **answers}, by=self.lan, at=self.at)
            paper = self.signed_paper() if self.signs else self.paper()
            draft.attach(key, "giay-chung-minh", paper, by=self.lan, at=self.at)
            draft.choose_return(key, channel=self.return_channel.value, address="Thôn Đông", by=self.lan, at=self.at)
        return dossier

    def paper(self, name: str = "giay-chung-minh.pdf", content: bytes | None = None, by: Actor | None = None) -> Any:
        """A stored one-page PDF; each has other bytes, so that no two are the same file."""
        self._papers = getattr(self, "_papers", 0) + 1
        body = content if content is not None else PDF + b"%% " + str(self._papers).encode()
        upload = SimpleUploadedFile(name, body, content_type="application/pdf")
        return store(upload, by=by or self.lan, at=self.at)

    def signed_paper(self, name: str = "giay-chung-minh.pdf") -> Any:
        """The same with a digital signature by its structure."""
        self._papers = getattr(self, "_papers", 0) + 1
        return self.paper(name, content=signed_pdf(str(self._papers)))

    def submitted(self, **answers: Any) -> Dossier:
        return submit.submit(str(self.draft(**answers).public_id), declared=True, by=self.lan, at=self.at)
