"""Every route is closed unless the one list of public routes names it, and the list names only what exists."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.config.middleware import is_public
from motcua.config.public_routes import PUBLIC_ROUTES

_OPTIONAL = ("sandbox:", "ui:gallery")  # mounted only where the settings say so


class _Match:
    def __init__(self, name: str, namespaces: list[str]) -> None:
        self.view_name, self.namespaces = name, namespaces


def _routes(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[_Match, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield _Match(":".join([*namespaces, entry.name or ""]), list(namespaces)), entry.callback
        else:
            yield from _routes(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)


def test_no_view_opens_itself():
    """A view marked `login_not_required` must be on the list as well."""
    opened = [
        match.view_name
        for match, view in _routes(get_resolver())
        if not getattr(view, "login_required", True) and not is_public(match)
    ]
    assert not opened


def test_every_route_has_a_name():
    assert not [view for match, view in _routes(get_resolver()) if match.view_name.endswith(":") or not match.view_name]


def test_the_list_names_only_routes_that_exist():
    known = {match.view_name for match, _ in _routes(get_resolver())}
    known |= {namespace for match, _ in _routes(get_resolver()) for namespace in match.namespaces[:1]}
    known |= {match.namespaces[0].partition("-")[0] for match, _ in _routes(get_resolver()) if match.namespaces}
    missing = {name for name in PUBLIC_ROUTES - known if not name.startswith(_OPTIONAL)}
    assert not missing


def test_a_stranger_is_sent_to_the_login_page_from_every_closed_route(client, db):
    """Through the real middleware: not one closed page answers a stranger."""
    from django.urls import reverse

    answered = []
    for match, _ in _routes(get_resolver()):
        if is_public(match):
            continue
        try:
            address = reverse(match.view_name)
        except Exception:
            continue
        response = client.get(address)
        if response.status_code not in {302, 401, 403, 404, 405} or (
            response.status_code == 302 and "dang-nhap" not in response.url and "login" not in response.url
        ):
            answered.append(f"{match.view_name} answered {response.status_code}")
    assert not answered
