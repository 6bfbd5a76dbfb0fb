"""Reading forms. Parsed definitions stay in the process: a version never changes, so no one has to tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from motcua.eforms import units
from motcua.eforms.catalogues import Catalogue, catalogue
from motcua.eforms.models import EFormVersion
from motcua.rules.eforms import Definition, parse_definition


@lru_cache(maxsize=256)
def definition(version_id: int) -> Definition:
    """The parsed definition of a version. Raises EFormVersion.DoesNotExist."""
    return parse_definition(EFormVersion.objects.values_list("definition", flat=True).get(pk=version_id))


def version(version_id: int) -> EFormVersion:
    """A published version. Raises EFormVersion.DoesNotExist."""
    return EFormVersion.objects.get(pk=version_id)


def form_key(version_id: int) -> str:
    """The key of the form a version is of: the same through all its versions. Raises EFormVersion.DoesNotExist."""
    return EFormVersion.objects.values_list("form_key", flat=True).get(pk=version_id)


def latest(form_key: str) -> EFormVersion | None:
    """The newest version of a form, or None when none was published."""
    return EFormVersion.objects.filter(form_key=form_key).order_by("-number").first()


class RoomLookups:
    """What validation asks (rules' `Lookups`), answered from the unit trees, the shipped catalogues and the
    caller.

    `files` maps ids of stored files this person may use to their names; `catalogues` adds lists only the
    caller knows, above all `agencies` (code → name).
    """

    def __init__(
        self,
        *,
        files: Mapping[str, str] | None = None,
        catalogues: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._files = files or {}
        self._given = catalogues or {}

    def unit_words(self, code: str, *, level: str, scheme: str) -> str | None:
        """See `Lookups.unit_words`."""
        return units.tree(scheme).words(code, level=level)

    def unit_above(self, code: str, *, level: str, scheme: str) -> Mapping[str, str]:
        """See `Lookups.unit_above`."""
        return {unit.level: unit.code for unit in units.tree(scheme).line(code, level=level)[1:]}

    def catalogue_label(self, name: str, value: str) -> str | None:
        """See `Lookups.catalogue_label`."""
        return self.options(name).get(value)

    def has_catalogue(self, name: str) -> bool:
        """See `Lookups.has_catalogue`."""
        return name in self._given or catalogue(name) is not None

    def file_name(self, file_id: str) -> str | None:
        """See `Lookups.file_name`."""
        return self._files.get(file_id)

    def options(self, name: str) -> Mapping[str, str]:
        """All values of a list with their words, in the order to show; empty when there is no such list."""
        if name in self._given:
            return self._given[name]
        found: Catalogue | None = catalogue(name)
        return found.values if found else {}
