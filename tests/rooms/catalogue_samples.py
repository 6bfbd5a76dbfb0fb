"""Procedures for tests: one that can be filed online, with every part; and a small province to take it in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from motcua.agencies import actions as agencies
from motcua.agencies.models import Agency, AgencyKind, OneStopCounter, Tier
from motcua.procedures.actions import offer, publish
from motcua.procedures.models import ProcedureRevision
from motcua.rules.people import Actor

BY = Actor.system("tests")


def definition(**changes: Any) -> dict[str, Any]:
    """A whole definition of level 4; `changes` replace keys, None takes a key away."""
    whole: dict[str, Any] = {
        "code": "1.001193",
        "name": "Thủ tục đăng ký khai sinh",
        "short_name": "Đăng ký khai sinh",
        "summary": "Ghi việc sinh của trẻ vào sổ hộ tịch.",
        "since": "2026-01-01",
        "sector": {"code": "G15-TP07", "name": "Hộ tịch"},
        "tiers": ["commune"],
        "subjects": [{"code": "ĐT1", "name": "Công dân Việt Nam"}],
        "audience": ["person"],
        "decision": "163/QĐ-BTP",
        "executing": "Ủy ban nhân dân cấp xã",
        "coordinating": "Cơ quan quản lý dữ liệu dân cư",
        "place_words": "UBND xã nơi cha hoặc mẹ cư trú",
        "steps_text": "Người yêu cầu nộp hồ sơ.",
        "results": [{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}],
        "legal_bases": [{"code": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "service_level": 4,
        "service_mode": "full",
        "time": {"amount": 1, "unit": "working_days", "same_day_cutoff": "15:00"},
        "fees": [
            {"code": "LP", "kind": "charge", "name": "Lệ phí đăng ký khai sinh", "amount": 0},
            {
                "code": "BS", "kind": "fee", "name": "Bản sao trích lục", "per": "copy", "amount": 8000,
                "quantity_from": "so_ban_sao", "due": "return", "basis": "TT 281/2016/TT-BTC",
            },
        ],
        "fee_words": "Miễn phí nếu đúng hạn",
        "route": [
            {"title": "Tiếp nhận", "kind": "receive", "role": "counter_officer", "hours": "1"},
            {"title": "Thẩm định", "kind": "examine", "role": "case_officer", "hours": "4", "division": "tu-phap"},
            {"title": "Ký", "kind": "approve", "role": "leader", "hours": "2"},
            {"title": "Vào sổ", "kind": "seal", "role": "records_clerk", "hours": "0.5"},
            {"title": "Trả kết quả", "kind": "return", "role": "counter_officer", "hours": "0.5"},
        ],
        "eform": {
            "key": "khai-sinh",
            "definition": {
                "title": "Tờ khai đăng ký khai sinh",
                "steps": [
                    {
                        "key": "tre",
                        "title": "Thông tin của trẻ",
                        "fields": [
                            {"key": "ho_ten", "type": "text", "label": "Họ tên trẻ", "required": True},
                            {"key": "so_ban_sao", "type": "integer", "label": "Số bản sao", "min": 0, "max": 20},
                        ],
                    }
                ],
            },
        },
        "requirements": [
            {"key": "to-khai", "name": "Tờ khai đăng ký khai sinh", "is_eform": True},
            {"key": "chung-sinh", "name": "Giấy chứng sinh", "originals": 1},
            {"key": "uy-quyen", "name": "Văn bản ủy quyền", "need": "conditional", "originals": 1,
             "condition_words": "Chỉ khi người khác nộp thay"},
            {"key": "tuy-than", "name": "Giấy tờ tùy thân", "need": "shown"},
        ],
        "methods": [{"way": "online", "time": {"amount": 1, "unit": "working_days"}}, {"way": "counter"}],
        "life_events": ["sinh-con"],
        "synonyms": ["giấy khai sinh"],
    }  # fmt: skip
    return {key: value for key, value in (whole | changes).items() if value is not None}


def simple(code: str, name: str, **changes: Any) -> dict[str, Any]:
    """A procedure of level 1: information only."""
    plain: dict[str, Any] = {
        "code": code, "name": name, "short_name": None, "service_level": 1, "service_mode": "information",
        "eform": None, "summary": None, "route": None, "fee_words": None, "fees": [], "life_events": None,
        "synonyms": None,
        "requirements": [{"key": "don", "name": "Đơn đề nghị", "originals": 1}],
        "methods": [{"way": "counter"}],
    }  # fmt: skip
    return definition(**(plain | changes))


def commune(code: str = "H08.41.01", name: str = "UBND xã Phước Sơn", **contacts: str) -> tuple[Agency, OneStopCounter]:
    """A commune with its one-stop counter."""
    at = datetime.fromisoformat("2026-01-02T08:00:00+07:00")
    agency = agencies.found(
        code,
        name,
        kind=AgencyKind.PEOPLES_COMMITTEE,
        tier=Tier.COMMUNE,
        since=date(2020, 1, 1),
        by=BY,
        at=at,
        **{"address": "Thôn Phụng Sơn", "phone": "02563000112", "email": "phuocson@example.vn", **contacts},
    )
    counter = agencies.open_counter(
        agency, f"Bộ phận một cửa {name}", serves=[agency], address="Số 1 đường liên xã", phone="02563000113"
    )
    agencies.open_division(agency, "tu-phap", "Bộ phận Tư pháp – Hộ tịch")
    return agency, counter


def offered(at: datetime, **changes: Any) -> ProcedureRevision:
    """The whole procedure, published and taken in by one commune."""
    agency, counter = commune()
    revision = publish(definition(**changes), by=BY, at=at)
    offer(revision.procedure.code, agency=agency, counter=counter, since=date(2026, 1, 2), by=BY, at=at)
    return revision
