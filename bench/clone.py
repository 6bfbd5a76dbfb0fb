"""Many dossiers from a few real ones, inside PostgreSQL: every row of a template again with another owner and day."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings

from motcua.audit import facts as chain
from motcua.config.postgres import Cluster

_CHILDREN = (
    "dossiers_timelineentry", "dossiers_steprun", "dossiers_promise", "dossiers_enclosure", "dossiers_feedue",
    "dossiers_finding", "dossiers_supplementrequest", "dossiers_result", "dossiers_handover",
)  # fmt: skip
_EVENT = "subject_kind, subject_id, seq, at, actor_account_id, actor_name, role, verb, body, previous, digest, seal"
_PLAN = """
CREATE TEMP TABLE plan AS
WITH picked AS (
    SELECT n, random() AS r, random() AS place, random() AS age, random() AS person FROM generate_series(1, %(n)s) n
), places AS (
    SELECT row_number() OVER (ORDER BY o.id) AS k, count(*) OVER () AS total, o.agency_id, o.counter_id, a.code
    FROM procedures_offering o JOIN agencies_agency a ON a.id = o.agency_id
    WHERE o.procedure_id = %(procedure)s
), stage AS (SELECT * FROM places WHERE agency_id = %(stage)s),
spread AS (
    SELECT p.n, p.age, p.person, s.template, s.state,
        CASE WHEN p.place < %(share)s THEN (SELECT k FROM stage)
            ELSE 1 + floor((p.place - %(share)s) / (1.0001 - %(share)s) * (SELECT max(total) FROM places))::int END AS k
    FROM picked p JOIN (
        SELECT * FROM jsonb_to_recordset(%(states)s) AS t(template bigint, state text, since float, until float)
    ) s ON p.r >= s.since AND p.r < s.until
), dated AS (
    SELECT s.*, pl.agency_id, pl.counter_id, pl.code AS agency_code,
        CASE WHEN state IN ('delivered', 'declined', 'withdrawn') THEN -floor(1 + s.age * 150)::int ELSE 0 END
        * interval '7 days'
        - floor(s.age * 4)::int * interval '1 hour' AS shift
    FROM spread s JOIN places pl ON pl.k = s.k
)
SELECT d.n, nextval('dossiers_dossier_id_seq') AS id, gen_random_uuid() AS public_id, d.template, d.shift,
    d.agency_id, d.counter_id,
    (%(people)s::bigint[])[1 + floor(d.person * %(count)s)::int] AS applicant,
    (ARRAY['Nguyễn','Trần','Lê','Phạm','Huỳnh','Võ','Đặng','Bùi'])[1 + d.n %% 8] || ' ' ||
    (ARRAY['Văn','Thị','Minh','Thu','Quang','Ngọc'])[1 + d.n %% 6] || ' ' ||
    (ARRAY['An','Bình','Châu','Dũng','Hà','Khánh','Lan','Mai','Nga','Oanh','Phúc','Quý'])[1 + d.n %% 12]
    || ' ' || d.n AS name,
    d.agency_code || to_char(timezone('Asia/Ho_Chi_Minh', t.submitted_at + d.shift), '-YYMMDD-') ||
    (%(offset)s + row_number() OVER (
        PARTITION BY d.agency_code, timezone('Asia/Ho_Chi_Minh', t.submitted_at + d.shift)::date ORDER BY d.n
    ))::text AS code
FROM dated d JOIN dossiers_dossier t ON t.id = d.template
"""


def clone(number: int, *, shares: dict[str, int], applicants: list[int]) -> int:
    """Fill up to `number` dossiers; answers how many there are. As superuser: foreign keys hold by construction."""
    with psycopg.connect(_superuser()) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET work_mem = '128MB'")
        have = _one(connection, "SELECT count(*) FROM dossiers_dossier WHERE code IS NOT NULL")
        missing = number - have
        if missing > 0:
            _fill(connection, missing, have, shares, applicants)
            connection.commit()
    with psycopg.connect(_superuser(), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
        return _one(connection, "SELECT count(*) FROM dossiers_dossier WHERE code IS NOT NULL")


def _fill(connection: Any, number: int, have: int, shares: dict[str, int], applicants: list[int]) -> None:
    began = time.monotonic()

    def told(what: str) -> None:
        if os.environ.get("BENCH_VERBOSE"):
            print(f"  {what}: {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)

    templates = dict(
        connection.execute(
            "SELECT DISTINCT ON (state) state, id FROM dossiers_dossier WHERE code IS NOT NULL ORDER BY state, id"
        ).fetchall()
    )
    stage, procedure = connection.execute(
        "SELECT d.agency_id, r.procedure_id FROM dossiers_dossier d "
        "JOIN procedures_procedurerevision r ON r.id = d.revision_id WHERE d.id = %s",
        [templates["delivered"]],
    ).fetchone()
    states, so_far, whole = [], 0.0, sum(shares.values())
    for state, share in shares.items():
        states.append({"template": templates[state], "state": state, "since": so_far, "until": so_far + share / whole})
        so_far += share / whole
    states[-1]["until"] = 2.0
    values = {
        "n": number, "procedure": procedure, "stage": stage, "states": json.dumps(states), "people": applicants,
        "count": len(applicants), "offset": 4000 if have < 100 else 20_000,
        "share": float(os.environ.get("STAGE", "0.3")),
    }  # fmt: skip
    connection.execute(_PLAN, values)
    connection.execute("ANALYZE plan")
    told("planned")
    indexes = _drop_indexes(connection)
    _copy_dossiers(connection)
    told("dossiers")
    rows = connection.execute(
        "SELECT p.public_id::text, p.code, p.applicant, p.name, d.submitted_at, d.state "
        "FROM plan p JOIN dossiers_dossier d ON d.id = p.id"
    ).fetchall()
    chained = threading.Thread(target=_chain_events, args=(rows,))
    chained.start()
    for table in _CHILDREN:
        _copy_children(connection, table)
        told(table)
    _copy_messages(connection)
    told("messages")
    for definition in indexes:
        connection.execute(definition)
    told("indexes")
    chained.join()
    told("audit")


def _drop_indexes(connection: Any) -> list[str]:
    """Take the indexes that guard nothing off the tables that are filled; answers how to make them again."""
    tables = ["dossiers_dossier", *_CHILDREN, "notifications_message"]
    rows = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique ORDER BY 1",
        [tables],
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in rows]


def _columns(connection: Any, table: str) -> list[tuple[str, bool]]:
    """Columns of a table with whether they hold a moment; generated ones and the key left out."""
    rows = connection.execute(
        "SELECT column_name, data_type = 'timestamp with time zone' FROM information_schema.columns "
        "WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER' AND column_name <> 'id' "
        "ORDER BY ordinal_position",
        [table],
    )
    return list(rows.fetchall())


_DIVISION = """(SELECT other.id FROM agencies_division mine JOIN agencies_division other
    ON other.key = mine.key AND other.agency_id = p.agency_id WHERE mine.id = {})"""


def _copy_dossiers(connection: Any) -> None:
    given = {
        "public_id": "p.public_id", "code": "p.code", "agency_id": "p.agency_id", "counter_id": "p.counter_id",
        "applicant_id": "p.applicant", "created_by_id": "p.applicant", "applicant_name": "p.name",
        "applicant_identity": "lpad((52080000000 + p.applicant)::text, 12, '0')",
        "applicant_identity_hash": "encode(sha256(p.applicant::text::bytea), 'hex')",
        "step_division_id": _DIVISION.format("t.step_division_id"),
        "divisions": "(SELECT coalesce(array_agg(other.id), '{}') FROM unnest(t.divisions) d "
        "JOIN agencies_division mine ON mine.id = d "
        "JOIN agencies_division other ON other.key = mine.key AND other.agency_id = p.agency_id)",
        "holder_id": "CASE WHEN p.agency_id = t.agency_id THEN t.holder_id END",
    }  # fmt: skip
    columns = _columns(connection, "dossiers_dossier")
    values = [
        given.get(name) or (f't."{name}" + p.shift' if is_moment else f't."{name}"') for name, is_moment in columns
    ]
    connection.execute(
        f"INSERT INTO dossiers_dossier (id, {_names(name for name, _ in columns)}) "  # noqa: S608 - names of our own tables
        f"SELECT p.id, {', '.join(values)} FROM plan p JOIN dossiers_dossier t ON t.id = p.template"
    )


def _copy_children(connection: Any, table: str) -> None:
    given = {"dossier_id": "p.id"}
    if table == "dossiers_steprun":
        given |= {"agency_id": "p.agency_id", "division_id": _DIVISION.format("t.division_id")}
    columns = _columns(connection, table)
    values = [
        given.get(name) or (f't."{name}" + p.shift' if is_moment else f't."{name}"') for name, is_moment in columns
    ]
    connection.execute(
        f"INSERT INTO {table} ({_names(name for name, _ in columns)}) "  # noqa: S608
        f"SELECT {', '.join(values)} FROM plan p JOIN {table} t ON t.dossier_id = p.template"
    )


def _copy_messages(connection: Any) -> None:
    """The message of filing in the inbox of each, delivered long ago."""
    columns = [name for name, _ in _columns(connection, "notifications_message")]
    given = {
        "recipient_account_id": "p.applicant", "subject_ref": "p.code", "created_at": "t.created_at + p.shift",
        "state": "'delivered'", "next_attempt_at": "NULL",
    }  # fmt: skip
    values = ", ".join(given.get(name) or f't."{name}"' for name in columns)
    connection.execute(
        f"INSERT INTO notifications_message (id, {_names(columns)}) "  # noqa: S608
        f"SELECT gen_random_uuid(), {values} "
        "FROM plan p JOIN dossiers_dossier d ON d.id = p.template "
        "JOIN notifications_message t ON t.subject_ref = d.code AND t.kind = 'submitted' AND t.channel = 'portal'"
    )


def _chain_events(rows: list[Any]) -> None:
    """Two sealed events a dossier with the head of its chain, and the tallies that count the chains."""
    key = settings.AUDIT_KEY.encode()
    stripes: dict[int, list[bytes]] = {}
    heads = []
    with psycopg.connect(_superuser()) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        with connection.cursor().copy(f"COPY audit_event ({_EVENT}) FROM STDIN") as copy:
            for public_id, code, person, name, when, state in rows:
                subject, previous = ("dossier", public_id), chain.EMPTY
                for seq, verb in ((1, "start"), (2, "submit")):
                    body = {"code": code, "to": state} if seq == 2 else {"channel": "online"}
                    link = chain.Link(
                        subject=subject, seq=seq, at=when, actor_account_id=person, actor_name=name, role="applicant",
                        verb=verb, body=body, previous=previous,
                    )  # fmt: skip
                    previous = chain.digest_of(link)
                    said = chain.canonical(body).decode()
                    seal = chain.event_seal(key, previous)
                    copy.write_row(
                        (*subject, seq, when, person, name, "applicant", verb, said, link.previous, previous, seal)
                    )
                heads.append((*subject, 2, previous, chain.head_seal(key, subject, 2, previous)))
                digest = chain.name_digest(subject)
                stripes.setdefault(digest[0], []).append(digest)
        into = "COPY audit_chainhead (subject_kind, subject_id, seq, digest, seal) FROM STDIN"
        with connection.cursor().copy(into) as copy:
            for head in heads:
                copy.write_row(head)
        _tally(connection, key, stripes)


def _tally(connection: Any, key: bytes, stripes: dict[int, list[bytes]]) -> None:
    for stripe, names in stripes.items():
        known = connection.execute("SELECT chains, sum FROM audit_tally WHERE stripe = %s", [stripe]).fetchone() or (
            0,
            b"",
        )
        count, total = known[0] + len(names), chain.add_names(bytes(known[1]), names)
        connection.execute(
            "INSERT INTO audit_tally (stripe, chains, sum, seal) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (stripe) DO UPDATE SET chains = excluded.chains, sum = excluded.sum, seal = excluded.seal",
            [stripe, count, total, chain.tally_seal(key, stripe, count, total)],
        )


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _superuser() -> str:
    """The embedded server's own administrator: only he may leave foreign keys unchecked while filling."""
    state = json.loads((Cluster(settings.DATA_DIR).home / "state.json").read_text())
    folder = quote(str(state["socket"]), safe="/")
    return f"postgresql://postgres:{state['password']}@/motcua?host={folder}&port=5432"


def _one(connection: Any, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
