"""Two officers press the same button at the same moment, each over a connection of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier, TimelineEntry
from motcua.papers.models import IssuedPaper
from motcua.rules import words
from motcua.rules.people import Role
from tests.faces.getting_in import said

OFFICERS = 4

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_of_officers_who_act_at_once_one_succeeds_and_the_others_are_told_plainly(cast, act):
    dossier = cast.submitted()
    code = dossier.code
    _ = cast.minh
    clients = [Client(raise_request_exception=False) for _ in range(OFFICERS)]
    for number, client in enumerate(clients):
        account = cast.officer(f"quay{number}", f"Cán bộ số {number}")
        cast.post(account, Role.COUNTER_OFFICER, cast.commune, counter=cast.counter)
        client.force_login(account)
    gate, answers = threading.Barrier(OFFICERS), []

    def press(client: Client) -> None:
        gate.wait()
        try:
            answers.append(client.post(reverse("desk:act", args=[code, act]), {"reasons": "Không thuộc thẩm quyền."}))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (OFFICERS - 1)
    told = words.REASONS["already_accepted" if act == "accept" else "wrong_state"]
    for answer in answers:
        if answer.status_code == 409:
            assert told in said(answer) and "Việc này vừa có người làm trước" in said(answer)
    assert TimelineEntry.objects.filter(dossier__code=code, act=act).count() == 1
    kind = "appointment_slip" if act == "accept" else "decline_notice"
    assert IssuedPaper.objects.filter(subject=code, kind=kind).count() == 1
    assert Dossier.objects.get().state == ("examining" if act == "accept" else "declined")
