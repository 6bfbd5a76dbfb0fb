"""Words of typed answers are found by the index that finds names; one more index would cost every act."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Cast

WORDS = r"""
CREATE OR REPLACE FUNCTION dossier_words(answers jsonb) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN (
 SELECT array_to_tsvector(coalesce(array_agg(lexeme), '{}'::text[]))
 FROM (
  SELECT DISTINCT '=' || key || '=' || left(word, 60) COLLATE "C" AS lexeme
  FROM jsonb_each(answers), LATERAL regexp_split_to_table(vi_fold(left(value #>> '{}', 20000)), '[^a-z0-9]+') AS word
  WHERE jsonb_typeof(value) = 'string' AND word <> ''
    AND value #>> '{}' !~ '^([0-9]{9,}|[0-9]{4}-[0-9]{2}-[0-9]{2}|\S+@\S+)$'
  ORDER BY 1 LIMIT 2000
 ) AS found
);
"""
"""Each word of each text among the answers, without accents, after its field's key; never telephone or identity numbers,
days and addresses of mail. A lexeme no name begins with. Bounded, since a tsvector holds a megabyte at most."""


def word(column):
    return models.Func(Cast(column, models.TextField()), template="coalesce(' zq' || %(expressions)s, '')")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0017_found_where_taken_in"),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION dossier_words(jsonb)"),
        migrations.RemoveIndex(model_name="dossier", name="dossier_search"),
        migrations.RemoveField(model_name="dossier", name="search"),
        migrations.AddField(
            model_name="dossier",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.Func(
                        models.F("applicant_name"),
                        word("agency_id"),
                        word("taken_in_by_id"),
                        word("transferred_from_id"),
                        arg_joiner=" || ",
                        template="vi_tsv(%(expressions)s)",
                    ),
                    models.Func(models.F("answers"), function="dossier_words"),
                    arg_joiner=" || ",
                    template="%(expressions)s",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="dossier_search"),
        ),
    ]
