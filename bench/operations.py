"""What is measured: each operation as the requests a browser sends for it."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from typing import Any

from bench.client import Browser, expect
from bench.paper import a_paper

PAPER_BYTES = 200_000
LISTS = (
    "/mot-cua/?nhom=mine",
    "/mot-cua/?nhom=all&thu-tuc=2.000635",
    "/mot-cua/?nhom=elsewhere&tinh-trang=examining",
    "/mot-cua/?nhom=mine&han=late",
    "/mot-cua/?nhom=done&tinh-trang=delivered",
    "/mot-cua/?nhom=all&kenh=online",
)
"""Filtered lists of 25 of the busiest counter (three in ten of all dossiers are its own)."""

SEARCHES = ("", "tim=khai+sinh", "tim=ket+hon", "tim=xay+nha", "tim=lai+xe", "cap=commune", "muc-do=4", "tim=dat+dai")

Operation = Callable[[Browser, dict[str, Any], random.Random], None]


def catalogue(browser: Browser, world: dict[str, Any], draw: random.Random) -> None:
    """A page of the catalogue: searched, filtered, or one procedure."""
    address = draw.choice([f"/thu-tuc/?{draw.choice(SEARCHES)}", f"/thu-tuc/{world['procedure']}/"])
    expect(browser.get(address), 200)


def lookup(browser: Browser, world: dict[str, Any], draw: random.Random) -> None:
    """Look a dossier up by its code (the page itself was opened once)."""
    if "token" not in browser.kept:
        browser.kept["token"] = expect(browser.get("/tra-cuu/"), 200).token
    form = {"csrfmiddlewaretoken": browser.kept["token"], "ask": draw.choice(world["codes"]), "secret": ""}
    answer = browser.post("/tra-cuu/", form)
    expect(answer, 200)


def worklist(browser: Browser, world: dict[str, Any], draw: random.Random) -> None:
    """An officer's filtered list."""
    browser.cookies.setdefault(world["cookie"], world["officers"][browser.number % len(world["officers"])])
    expect(browser.get(draw.choice(LISTS)), 200)


def submit(browser: Browser, world: dict[str, Any], draw: random.Random) -> None:
    """File a dossier: choose, two steps of the form, one paper, receiving, checking, submitting, the receipt."""
    browser.cookies.setdefault(world["cookie"], world["citizens"][browser.number % len(world["citizens"])])
    start = f"/nop-ho-so/{world['procedure']}/"
    page = expect(browser.get(start), 200)
    begun = expect(
        browser.post(start, {"csrfmiddlewaretoken": page.token, "agency": str(draw.choice(world["offerings"]))}), 302
    )
    draft = begun.location
    after = expect(browser.get(draft), 302).location
    for _key, values in world["steps"]:
        page = expect(browser.get(after), 200)
        after = expect(browser.post(after, {"csrfmiddlewaretoken": page.token, **values}), 302).location
    papers = after
    page = expect(browser.get(papers), 200)
    paper = ("file", f"van-ban-{os.urandom(4).hex()}.pdf", a_paper(PAPER_BYTES))
    expect(browser.upload(f"{draft}giay-to/{world['paper']}/", {"csrfmiddlewaretoken": page.token}, paper), 201)
    after = expect(browser.post(papers, {"csrfmiddlewaretoken": page.token}), 302).location
    page = expect(browser.get(after), 200)
    receive = {"csrfmiddlewaretoken": page.token, "return_channel": "counter", "return_address": ""}
    if offered := re.search(rb'name="fee_channel"[^>]*value="(\w+)"', page.text):
        receive["fee_channel"] = offered[1].decode()
    after = expect(browser.post(after, receive), 302).location
    page = expect(browser.get(after), 200)
    receipt = expect(browser.post(after, {"csrfmiddlewaretoken": page.token, "declared": "1"}), 302).location
    expect(browser.get(receipt), 200)


OPERATIONS: dict[str, Operation] = {
    "catalogue page": catalogue,
    "look-up by code": lookup,
    "officer's list": worklist,
    "submit": submit,
}
GOALS = {
    "catalogue page": (1000, 1.5),
    "submit": (200, 10.0),
    "look-up by code": (400, 4.0),
    "officer's list": (200, 8.0),
}
"""Operations per second and CPU milliseconds per operation, on two cores."""
