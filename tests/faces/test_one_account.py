"""What needs an account, and that one account is enough for everything."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.actions import intake
from motcua.dossiers.models import Dossier
from motcua.ui import clock
from tests.acceptance.proof import accepts
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@accepts("KT-4", "BD-74")
def test_filing_online_needs_an_account(client: Client, cast: Cast, at: datetime) -> None:
    address = reverse("portal:start", args=[cast.revision.procedure.code])
    with clock.frozen(at):
        for answer in (client.get(address), client.post(address, {"agency": cast.offering.pk})):
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("account_login"))
    assert not Dossier.objects.exists()


@accepts("BN-6", "BD-74")
def test_one_account_files_with_every_service(client: Client, cast: Cast, at: datetime) -> None:
    procedures = [cast.procedure("2.000635"), cast.procedure("1.001193", service_level=4)]
    client.force_login(cast.lan_account)
    with clock.frozen(at):
        for revision in procedures:
            address = reverse("portal:start", args=[revision.procedure.code])
            offering = revision.procedure.offerings.get()
            assert client.post(address, {"agency": offering.pk}).status_code == 302
    begun = Dossier.objects.values_list("revision__procedure__code", "applicant_id")
    assert set(begun) == {("2.000635", cast.lan_account.pk), ("1.001193", cast.lan_account.pk)}


@accepts("BD-75", "KT-5")
def test_after_logging_in_one_follows_progress_and_dates(client: Client, cast: Cast, at: datetime) -> None:
    code = str(cast.submitted().code)
    intake.accept(code, by=cast.minh, at=at)
    address = reverse("portal:dossier", args=[code])
    with clock.frozen(at):
        assert client.get(address).status_code == 302
        client.force_login(cast.lan_account)
        page = client.get(address).content.decode()
    for fact in (code, "Đang thẩm tra", "23/11/2026", "Đã nộp hồ sơ"):
        assert fact in page, fact
