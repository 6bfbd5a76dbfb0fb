"""Queries whose SQL is made once answer like those made anew."""

from __future__ import annotations

import pytest

from motcua.agencies.models import Agency
from motcua.base.kept import KeptQuery, insert, update
from motcua.dossiers.actions.gate import lock
from motcua.dossiers.models import TimelineEntry
from motcua.dossiers.queries import dossier_of


def test_a_kept_query_answers_each_value_with_its_own_rows(cast):
    by_code = KeptQuery(lambda code: Agency.objects.select_related("parent").filter(code=code), code="a sample")
    for agency in (cast.commune, cast.other_commune):
        assert by_code(code=agency.code) == [agency]
    assert by_code(code="nothing") == []


def test_a_sample_that_is_no_parameter_is_told_at_first_use(db):
    with pytest.raises(ValueError, match="code"):
        KeptQuery(lambda code: Agency.objects.filter(name="x"), code="a sample")(code="H08")


def test_contents_loaded_with_kept_queries_are_the_dossiers_own(cast, django_assert_num_queries):
    first, second = cast.submitted(), cast.submitted()
    locked = [lock(row.code) for row in (first, second)]
    for row in locked:
        assert {paper.dossier_id for paper in row.enclosures.all()} <= {row.pk}
        assert list(row.enclosures.all()) == list(row.enclosures.filter(pk__gt=0))
        assert list(row.revision.requirements.all()) == list(row.revision.requirements.order_by("position"))
        with django_assert_num_queries(0):
            assert all(paper.dossier is row for paper in row.enclosures.all())
    assert dossier_of(first.code, cast.lan).pk == first.pk


def test_rows_written_with_kept_sql_are_those_django_would_have_written(cast, at):
    dossier = cast.submitted()
    rows = [TimelineEntry(dossier=dossier, at=at, act="judge", state_after="submitted", by_name=name) for name in "ab"]
    insert(*rows)
    found = list(TimelineEntry.objects.filter(dossier=dossier, act="judge").order_by("pk"))
    assert found == rows and [row.by_name for row in found] == ["a", "b"] and found[0].is_public
    rows[0].note, rows[0].by_name = "changed", "not written"
    update(rows[0], "note")
    assert (found[0].note, TimelineEntry.objects.get(pk=found[0].pk).note) == ("", "changed")
    assert TimelineEntry.objects.get(pk=found[0].pk).by_name == "a"
    dossier.divisions, dossier.answers = [7, 9], {"ho_ten": "Nguyễn Văn An"}
    update(dossier)
    again = type(dossier).objects.get(pk=dossier.pk)
    assert (again.divisions, again.answers, again.code) == ([7, 9], {"ho_ten": "Nguyễn Văn An"}, dossier.code)


def test_a_row_that_is_gone_is_not_written_unnoticed(cast, at):
    row = TimelineEntry(dossier=cast.submitted(), at=at, act="judge", state_after="submitted", by_name="a")
    insert(row)
    TimelineEntry.objects.filter(pk=row.pk).delete()
    with pytest.raises(TimelineEntry.DoesNotExist):
        update(row, "note")
