"""Every route is closed unless the one list of public routes names it, and the list names only what exists."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

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


_SAMPLES = {"string": "x", "slug": "x", "path": "x", "int": 1, "uuid": UUID(int=1)}


def _sample(converter: Any) -> object:
    """Something that fits a place of an address: `IntConverter` takes a number, `UUIDStrConverter` a UUID."""
    return _SAMPLES[type(converter).__name__.removesuffix("Converter").removesuffix("Str").lower()]


def _addresses() -> Iterator[tuple[_Match, str]]:
    """An address of each route, its places filled with anything that fits."""
    for match, _ in _routes(get_resolver()):
        places = get_resolver()
        for namespace in match.namespaces:
            places = places.namespace_dict[namespace][1]
        name = match.view_name.rpartition(":")[2]
        for _, _, _, converters in places.reverse_dict.getlist(name):
            kinds = {
                key: type(one).__name__.removesuffix("Converter").lower().removesuffix("str")
                for key, one in converters.items()
            }
            yield match, reverse(match.view_name, kwargs={key: _SAMPLES[kind] for key, kind in kinds.items()})


def test_a_stranger_is_sent_to_the_login_page_from_every_closed_route(client, db):
    """Through the real middleware, before any view is asked: not even 404 tells what exists."""
    closed = [(match.view_name, address) for match, address in _addresses() if not is_public(match)]
    assert len(closed) > 20
    answered = []
    for name, address in closed:
        for ask in (client.get, client.post):
            response = ask(address)
            if response.status_code != 302 or not response["Location"].startswith(reverse("account_login")):
                answered.append(f"{name} answered {response.status_code}")
    assert not answered


def test_no_public_route_sends_a_stranger_to_the_login_page(client, db):
    """The other way round: what the list opens is open."""
    asked = [(match.view_name, address) for match, address in _addresses() if is_public(match)]
    sent_away = [
        name for name, address in asked if client.get(address).get("Location", "").startswith("/tai-khoan/dang-nhap")
    ]
    assert not set(sent_away) - _NEED_A_BEGINNING


_NEED_A_BEGINNING = {
    "account_landing",  # sends those who are in to their home, everybody else to log in
    "account_resume",  # belongs to a form that waits in the session
    "account_logout",
}
