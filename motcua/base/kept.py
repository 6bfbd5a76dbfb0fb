"""Queries asked and rows written at every act, their SQL made once per process.

Django makes the SQL of a query anew each time it is asked, and for a joined row of a hundred columns the making costs
several times what the database needs for the answer. Only what never changes its shape belongs here.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet

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


def insert(*rows: Model) -> None:
    """Write new rows of one model, as ``bulk_create`` does: no signals, keys filled in."""
    database = connections[DEFAULT_DB_ALIAS]
    fields, sql = _insertion(type(rows[0]), len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, True), database) for row in rows for field in fields]
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, database.alias


def update(row: Model, *names: str) -> None:
    """Write a row that is there, whole or only the fields of these names, as ``save`` does: no signals.

    Raises ``DoesNotExist`` when it is gone.
    """
    database = connections[DEFAULT_DB_ALIAS]
    fields, sql = _change(type(row), names)
    values = [field.get_db_prep_save(field.pre_save(row, False), database) for field in fields]
    with database.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if not cursor.rowcount:
            raise type(row).DoesNotExist(f"{row._meta.label} {row.pk} is gone")  # type: ignore[attr-defined]


@cache
def _insertion(model: type[Model], many: int) -> tuple[list[Any], str]:
    key = model._meta.pk
    fields = [field for field in _written(model) if not (field is key and field.db_returning)]
    columns = ", ".join(_named(field) for field in fields)
    values = ", ".join([f"({', '.join(map(_place_of, fields))})"] * many)
    return fields, f"INSERT INTO {_table(model)} ({columns}) VALUES {values} RETURNING {_named(key)}"  # noqa: S608 - our own names


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[list[Any], str]:
    key = model._meta.pk
    fields = [model._meta.get_field(name) for name in names] or [one for one in _written(model) if one is not key]
    sets = ", ".join(f"{_named(field)} = {_place_of(field)}" for field in fields)
    return fields, f"UPDATE {_table(model)} SET {sets} WHERE {_named(key)} = %s"  # noqa: S608


def _written(model: type[Model]) -> list[Any]:
    """Fields with a column that the database does not fill in by itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _named(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _place_of(field: Any) -> str:
    """Where the field's value goes; an array is told its type."""
    return str(field.get_placeholder(None, None, connection)) if hasattr(field, "get_placeholder") else "%s"
