"""Every operation of the API, asked with bodies no honest program sends."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from motcua.api.v1 import api
from tests.cast import Cast
from tests.faces.api_calls import Machine, filing, pdf
from tests.faces.hostile import TEXTS, taken_back, unclean_rows
from tests.faces.standing import Standing

RAW = {
    "empty": b"",
    "not json": b"so_ban=1",
    "null": b"null",
    "number": b"7",
    "list": b"[[],[]]",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "nan": b'{"answers":NaN,"amount":NaN,"ask":NaN}',
    "infinity": b'{"answers":{"so_ban":1e999},"amount":-Infinity}',
    "huge int": b'{"answers":{"so_ban":' + b"9" * 10_000 + b'},"amount":' + b"9" * 10_000 + b"}",
    "half a character": b'{"ask":"\\ud800","reason":"\\udfff","note":"\\ud800","answers":{"ho_ten":"\\ud800"}}',
    "not utf-8": b'{"ask":"\xff\xfe","note":"\xc3\x28"}',
    "byte order": b'\xef\xbb\xbf{"ask":"a"}',
    "twice": b'{"ask":"a","ask":"b","note":"a","note":{}}',
    "long": b'{"ask":"' + b"a" * 1_000_000 + b'","note":"' + b"b" * 500_000 + b'"}',
    "too long": b'{"ask":"' + b"a" * 3_000_000 + b'"}',
}
WRONG = (None, True, -1, 10**30, 0.5, [None], {"a": {"b": []}}, "\u0000" + TEXTS["bidi"])


THROUGHOUT = {"/dossiers", "/worktime", "/lookup", "/dossiers/{code}/acts/deliver"}
COMMON = ("empty", "list", "half a character")
"""All bodies are read by the same parser: most operations are sent a few."""


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, properties of the body) of everything described."""
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    found = []
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            contents = one.get("requestBody", {}).get("content", {})
            body = next((each["schema"] for each in contents.values()), {})
            if "$ref" in body:
                body = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[-1]]
            found.append((method, path.removeprefix("/api/v1"), body.get("properties", {})))
    return found


def faults_of(label: str, answer: Any) -> list[str]:
    """A refusal is JSON with words; nothing is ever a server error."""
    if answer.status_code >= 500:
        return [f"{label}: {answer.status_code} {answer.content[:200]!r}"]
    if answer.status_code >= 400:
        told = answer.json()
        if not told["messages"] and not told["field_errors"]:
            return [f"{label}: {answer.status_code} without a word"]
    return []


@pytest.fixture
def minh(standing: Standing, cast: Cast, at: datetime) -> Machine:
    return Machine(cast.minh_account, at)


def test_no_body_brings_an_operation_down(minh: Machine, standing: Standing) -> None:
    faults: list[str] = []
    for method, path, properties in operations():
        if method != "post":
            continue
        address = path.replace("{code}", standing.codes["submitted"])
        for name, body in RAW.items() if path in THROUGHOUT else [(name, RAW[name]) for name in COMMON]:
            with taken_back():
                faults += faults_of(f"{path} {name}", minh.raw(address, body))
        for key in properties:
            for wrong in WRONG:
                with taken_back():
                    answer = minh.post(address, {key: wrong})
                    faults += faults_of(f"{path} {key}={wrong!r:.40}", answer)
                    if answer.status_code < 300:
                        faults += [f"{path} {key}={wrong!r:.40} stored {dirt}" for dirt in unclean_rows()]
    assert not faults, "\n".join(faults[:50])


def test_no_address_or_query_brings_an_operation_down(minh: Machine, standing: Standing) -> None:
    faults: list[str] = []
    for method, path, _ in operations():
        if method != "get":
            continue
        for name in ("nul", "huge-number", "superscript", "json", "path"):
            text = TEXTS[name].replace("/", "%2f")[:2000]
            address = path.replace("{code}", text).replace("{file}", text).replace("{paper}", text)
            query = dict.fromkeys(("q", "page", "size", "cursor", "state", "since", "limit", "sector", "level"), text)
            with taken_back():
                faults += faults_of(f"{path} {name}", minh.get(address))
                faults += faults_of(
                    f"{path}? {name}", minh.get(path.replace("{code}", standing.codes["submitted"]), **query)
                )
    assert not faults, "\n".join(faults[:50])


def test_answers_filed_by_machine_are_judged_and_kept_like_typed_ones(
    standing: Standing, cast: Cast, at: datetime
) -> None:
    lan = Machine(cast.lan_account, at)
    faults: list[str] = []
    for number, (name, text) in enumerate(TEXTS.items()):
        body = filing(answers={"ho_ten": text, "so_ban": 2, "uy_quyen": "khong"}, return_address=text)
        if name == "surrogate":
            continue  # cannot be written as UTF-8; the raw bodies above have it escaped
        with taken_back():
            answer = lan.file(body, {"giay-chung-minh": pdf(str(number))}, key=f"key-of-{name}")
            faults += faults_of(f"file {name}", answer)
            if answer.status_code == 201:
                faults += [f"file {name} stored {dirt}" for dirt in unclean_rows()]
    for wrong in WRONG:
        with taken_back():
            faults += faults_of(
                f"answers {wrong!r:.40}", lan.file(filing(answers=wrong), {"giay-chung-minh": pdf("x")})
            )
            answers = {"ho_ten": wrong, "so_ban": wrong, "uy_quyen": wrong, "ngay_sinh": wrong, "so_dinh_danh": wrong}
            faults += faults_of(f"each {wrong!r:.40}", lan.file(filing(answers=answers), {"giay-chung-minh": pdf("x")}))
    assert not faults, "\n".join(faults[:50])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="data"\r\n\r\n{'),
        ("multipart/form-data; boundary=" + "x" * 300, b""),
        ("application/json; charset=utf-99", b"{}"),
        ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("application/x-www-form-urlencoded", b"data=%00"),
    ],
)
def test_strange_kinds_of_body(standing: Standing, cast: Cast, at: datetime, kind: str, body: bytes) -> None:
    lan = Machine(cast.lan_account, at)
    lan.headers["Idempotency-Key"] = "key-of-the-test"
    answer = lan.client.generic("POST", "/api/v1/dossiers", body, content_type=kind, headers=lan.headers)
    assert 400 <= answer.status_code < 500, answer.content
    assert answer.json()["messages"]
