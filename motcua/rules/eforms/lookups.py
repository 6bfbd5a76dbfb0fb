"""What validation must ask the outside: administrative units, catalogues, files already stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Lookups(Protocol):
    """Answered by the room from its tables and data files; by a test from a dictionary."""

    def unit_words(self, code: str, *, level: str, scheme: str) -> str | None:
        """Full words of a unit ("Xã A, huyện B, tỉnh C"), or None when the tree `scheme` has no unit of that
        level and code.
        """
        ...

    def unit_above(self, code: str, *, level: str, scheme: str) -> Mapping[str, str]:
        """Codes of the units it lies in, by level ({"province": "52", "district": "540"}); empty when unknown."""
        ...

    def catalogue_label(self, name: str, value: str) -> str | None:
        """The words of a value of a named list, or None when the list does not have it."""
        ...

    def has_catalogue(self, name: str) -> bool:
        """Whether a list of that name exists."""
        ...

    def file_name(self, file_id: str) -> str | None:
        """Name of a stored file this person may attach, or None when there is none."""
        ...


class FixedLookups:
    """Lookups over plain dictionaries. `units` and `above` are keyed by (scheme, level, code)."""

    def __init__(
        self,
        *,
        units: Mapping[tuple[str, str, str], str] | None = None,
        above: Mapping[tuple[str, str, str], Mapping[str, str]] | None = None,
        catalogues: Mapping[str, Mapping[str, str]] | None = None,
        files: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    ) -> None:
        self._units = units or {}
        self._above = above or {}
        self._catalogues = catalogues or {}
        self._files = dict(files)

    def unit_words(self, code: str, *, level: str, scheme: str) -> str | None:
        """See `Lookups.unit_words`."""
        return self._units.get((scheme, level, code))

    def unit_above(self, code: str, *, level: str, scheme: str) -> Mapping[str, str]:
        """See `Lookups.unit_above`."""
        return self._above.get((scheme, level, code), {})

    def catalogue_label(self, name: str, value: str) -> str | None:
        """See `Lookups.catalogue_label`."""
        return self._catalogues.get(name, {}).get(value)

    def has_catalogue(self, name: str) -> bool:
        """See `Lookups.has_catalogue`."""
        return name in self._catalogues

    def file_name(self, file_id: str) -> str | None:
        """See `Lookups.file_name`."""
        return self._files.get(file_id)
