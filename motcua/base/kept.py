"""Queries asked at every act, their SQL made once per process.

Django makes the SQL of a query anew each time it is asked, and for a joined row of a hundred columns the making costs
several times what the database needs for the answer. Only what never changes its shape belongs here.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")


class KeptQuery(Generic[Row]):
    """``build`` makes the query from samples; later only the values change: ``kept(pk=7)`` answers a list of rows.

    Rows are models or, of a ``values_list``, tuples.

    Each sample must be a value that turns up unchanged among the query's parameters and nowhere else in it.
    Raises ValueError at first use when one does not.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **samples: Any) -> None:
        self._build, self._samples = build, samples
        self._lock = threading.Lock()
        self._made: tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]] | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values, in the order the query says."""
        rows, compiler, sql, parameters = self._made or self._make()
        asked = rows._chain()  # type: ignore[attr-defined]
        filled = tuple(values[one.name] if isinstance(one, _Place) else one for one in parameters)
        ready = copy.copy(compiler)
        ready.query, ready.connection = asked.query, connections[asked.db]
        ready.as_sql = lambda *_, **__: (sql, filled)
        asked.query.get_compiler = lambda *_, **__: ready
        return list(asked)

    def _make(self) -> tuple[QuerySet[Any, Row], Any, str, tuple[Any, ...]]:
        with self._lock:
            if self._made is None:
                rows = self._build(**self._samples)
                compiler = rows.query.get_compiler(rows.db)
                sql, parameters = compiler.as_sql()
                converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
                compiler.get_converters = lambda _: converters
                self._made = (rows, compiler, sql, self._places(parameters))
            return self._made

    def _places(self, parameters: Sequence[Any]) -> tuple[Any, ...]:
        """The parameters with each sample marked as the place of its value."""
        marked = tuple(
            next((_Place(name) for name, sample in self._samples.items() if one == sample), one) for one in parameters
        )
        found = {one.name for one in marked if isinstance(one, _Place)}
        if found != set(self._samples):
            raise ValueError(f"not every sample is a parameter of the query: {sorted(set(self._samples) - found)}")
        return marked


class _Place:
    """Where a value goes."""

    def __init__(self, name: str) -> None:
        self.name = name
