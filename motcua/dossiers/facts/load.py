"""One dossier with all that its facts are made of, loaded the same way at every act and on every page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import cache, reduce
from typing import Any, TypeAlias

from django.db.models import ManyToOneRel, Prefetch, QuerySet, prefetch_related_objects

from motcua.base.kept import KeptQuery
from motcua.dossiers.facts.build import CONTENTS, RELATED
from motcua.dossiers.models import Dossier, StepRun
from motcua.procedures.queries import standing

_CATALOGUE = ("revision__procedure", "agency", "counter")
"""What `RELATED` names and `procedures.queries.standing` holds: not joined to the dossier again and again."""

IN_DRAFT = CONTENTS[:2]
"""What a draft can have: holder, result, findings, fees and supplement requests come with filing. Every page of filing
reads its draft anew, so what it cannot have is not asked for."""

Contents: TypeAlias = "Sequence[str | Prefetch[Any]]"
_SAMPLE = 987_654_321_012


def _whole() -> QuerySet[Dossier]:
    return Dossier.objects.select_related(*(name for name in RELATED if name not in _CATALOGUE))


def _row_alone() -> QuerySet[Dossier]:
    return Dossier.objects.only("pk").order_by("pk").select_for_update(of=("self",))


# First the lock, then the reading: a statement that waits for a row sees that row as it has become, but what it joins
# to it as it was before the wait, so that an apology just signed would still look unsigned.
_locked_by_code = KeptQuery(lambda code: _row_alone().filter(code=code), code="the sample of a code")
_locked_by_public_id = KeptQuery(
    lambda public_id: _row_alone().filter(public_id=public_id), public_id=uuid.UUID(int=_SAMPLE)
)
_free_by_pk = KeptQuery(
    lambda pk: _row_alone().select_for_update(of=("self",), skip_locked=True).filter(pk=pk), pk=_SAMPLE
)
_by_pk = KeptQuery(lambda pk: _whole().filter(pk=pk).order_by("pk"), pk=_SAMPLE)
_by_code = KeptQuery(lambda code: _whole().filter(code=code).order_by("pk"), code="the sample of a code")
_open_run = KeptQuery(
    lambda dossier: (
        StepRun.objects.filter(dossier_id=dossier, finished_at__isnull=True)
        .select_related("division", "agency")
        .order_by("pk")
    ),
    dossier=_SAMPLE,
)
_draft_by_public_id = KeptQuery(
    lambda public_id: Dossier.objects.filter(public_id=public_id).order_by("pk"), public_id=uuid.UUID(int=_SAMPLE)
)


def locked(code: str, *, contents: Contents = CONTENTS) -> Dossier | None:
    """The dossier of this code (or of this public id while a draft), locked until the transaction ends."""
    key = _public_id(code)
    rows = _locked_by_public_id(public_id=key) if key else _locked_by_code(code=code)
    return _with(_by_pk(pk=rows[0].pk), contents) if rows else None


def free(pk: int, *, contents: Contents = CONTENTS) -> Dossier | None:
    """The dossier of this key, locked; None while somebody else holds it."""
    return _with(_by_pk(pk=pk), contents) if _free_by_pk(pk=pk) else None


def held(pk: int, *, contents: Contents = CONTENTS) -> Dossier | None:
    """The dossier of this key, whose lock the caller's transaction has."""
    return _with(_by_pk(pk=pk), contents)


def loaded(code: str, *, may: Callable[[Dossier], bool]) -> Dossier | None:
    """The dossier of this code with its contents, if ``may`` says so of the bare row."""
    return _with([row for row in _by_code(code=code) if may(row)], CONTENTS)


def open_run(dossier: Dossier) -> StepRun | None:
    """The station the dossier lies at."""
    return next(iter(_open_run(dossier=dossier.pk)), None)


def loaded_draft(public_id: str, *, may: Callable[[Dossier], bool]) -> Dossier | None:
    """The dossier of this public id with what a draft has."""
    key = _public_id(public_id)
    rows = _draft_by_public_id(public_id=key) if key else []
    return _with([row for row in rows if may(row)], IN_DRAFT)


def _public_id(code: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(code) if len(code) == 36 else None
    except ValueError:
        return None


def _with(rows: list[Dossier], contents: Contents) -> Dossier | None:
    if not rows:
        return None
    dossier = rows[0]
    around = standing(dossier.revision_id, dossier.agency_id, dossier.counter_id)
    dossier.revision, dossier.agency, dossier.counter = around
    add(dossier, contents)
    return dossier


def add(dossier: Dossier, contents: Contents) -> None:
    """Load more of what belongs to a dossier."""
    for content in contents:
        if isinstance(content, Prefetch) and _is_reverse(dossier, content):
            _put(dossier, content)
        else:
            prefetch_related_objects([dossier], content)


def _path(content: Prefetch[Any]) -> list[str]:
    return str(content.prefetch_through).split("__")


def _is_reverse(dossier: Dossier, content: Prefetch[Any]) -> bool:
    """Whether the content is a list of rows that point at the dossier or at what it points at."""
    owner = reduce(getattr, _path(content)[:-1], dossier)
    return isinstance(owner._meta.get_field(_path(content)[-1]), ManyToOneRel) and content.queryset is not None


def _put(dossier: Dossier, content: Prefetch[Any]) -> None:
    """What `prefetch_related_objects` does for such a list, with SQL made once."""
    *way, name = _path(content)
    owner: Any = reduce(getattr, way, dossier)
    if content.to_attr is None and name in getattr(owner, "_prefetched_objects_cache", {}):
        return
    field = type(owner)._meta.get_field(name).field
    rows = _kept_content(content, field.name)(owner=owner.pk)
    for row in rows:
        setattr(row, field.name, owner)
    if content.to_attr is not None:
        setattr(owner, content.to_attr, rows)
    else:
        fill(owner, name, rows)


def fill(owner: Any, name: str, rows: list[Any]) -> None:
    """Have ``owner``'s list of this name answer these rows without asking the database."""
    listed = getattr(owner, name).get_queryset()
    listed._result_cache = rows
    listed._prefetch_done = True
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}
    owner._prefetched_objects_cache[name] = listed


@cache
def _kept_content(content: Prefetch[Any], field: str) -> KeptQuery[Any]:
    rows: QuerySet[Any] = content.queryset  # type: ignore[assignment]
    return KeptQuery(lambda owner: rows.filter(**{field: owner}), owner=_SAMPLE)
