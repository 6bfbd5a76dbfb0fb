"""The database of the tests is the product's: same engine, same encoding, same functions."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_speaks_utf8_and_sorts_by_code_point():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()"
        )
        assert cursor.fetchone() == ("UTF8", "C.UTF-8")


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_behind():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (id int)")


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_sees_a_clean_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('left_behind')")
        assert cursor.fetchone() == (None,)
