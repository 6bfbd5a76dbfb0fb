"""Pages drawn once for all visitors: the same bytes, never a person's, never stale, never somebody's token."""

import brotli
import pytest
from django.test import Client
from django.urls import reverse

from motcua.portal import visitors
from motcua.procedures.models import ProcedureRevision
from tests.rooms.catalogue_samples import offered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings, clock):
    """As in production: what was drawn is kept."""
    settings.TESTING = False
    visitors.forget()
    yield
    visitors.forget()


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch):
    """The version of the catalogue is asked on every request, so that a test need not wait."""
    monkeypatch.setattr("motcua.procedures.queries.held.CACHE_SECONDS", 0)


def test_a_second_visitor_costs_one_query(client, at, django_assert_num_queries):
    offered(at)
    first = client.get(reverse("portal:procedures"))
    with django_assert_num_queries(1):
        second = Client().get(reverse("portal:procedures"))
    assert second.content == first.content


def test_a_change_of_the_catalogue_is_seen(client, at):
    revision = offered(at)
    address = reverse("portal:procedure", args=["1.001193"])
    assert "Nộp hồ sơ</a>" in client.get(address).content.decode()
    ProcedureRevision.objects.filter(pk=revision.pk).update(open_defects=1)
    assert "Nộp hồ sơ</a>" not in client.get(address).content.decode()


def test_compressed_and_plain_say_the_same(client, at):
    offered(at)
    address = reverse("portal:procedures")
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert brotli.decompress(packed.content) == client.get(address).content


def test_each_display_is_drawn_for_itself(client, at):
    offered(at)
    plain = client.get(reverse("portal:procedures")).content
    client.cookies["hien-thi"] = "l1"
    assert client.get(reverse("portal:procedures")).content != plain


def test_a_form_has_a_token_of_its_own_that_works(at):
    offered(at)
    tokens = set()
    for _ in range(2):
        visitor = Client(enforce_csrf_checks=True)
        page = visitor.get(reverse("portal:home"), headers={"Accept-Encoding": "br"})
        assert "Content-Encoding" not in page.headers
        token = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        tokens.add(token)
        asked = {"ask": "H08.41.01-261120-0007", "csrfmiddlewaretoken": token}
        assert visitor.post(reverse("portal:lookup"), asked).status_code == 200
    assert len(tokens) == 2


def test_errors_are_not_kept(client, at):
    assert client.get(reverse("portal:procedure", args=["1.001193"])).status_code == 404
    offered(at)
    assert client.get(reverse("portal:procedure", args=["1.001193"])).status_code == 200
