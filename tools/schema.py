"""`make schema`: make motcua/config/schema.sql anew, what all migrations together leave in an empty database.

Only a first start is faster for it: Django needs a quarter of a minute to go through all migrations, PostgreSQL half a
second for what comes of them. A file of other migrations than those that are there is not used (`config.migrating`).
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from motcua.config import migrating, postgres

_LEFT_OUT = re.compile(r"--|\\|SET [a-z_]+ = [^ ]+;$|SELECT pg_catalog.setval\('public.django_migrations_")
"""Comments, commands of psql, settings of a session, some of which older servers do not know; and what is counted
anew when the migrations are noted.
"""


def main() -> None:
    """Migrate an empty database step by step, and keep what came of it."""
    with tempfile.TemporaryDirectory(prefix="motcua-schema-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        (folder / "static").mkdir()
        cluster = postgres.Cluster(folder, throwaway=True)
        try:
            url = cluster.start()
            os.environ |= {"DATABASE_URL": url, "DATA_DIR": name, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
            import django

            django.setup()
            migrating.step_by_step()
            migrating.SCHEMA.write_text(f"-- {migrating.fingerprint()}\n{dump(url)}", encoding="utf-8")
        finally:
            cluster.stop()


def dump(url: str) -> str:
    """Tables, functions and the rows migrations wrote, as plain SQL that every supported PostgreSQL takes."""
    command = [
        str(postgres.binaries() / "pg_dump"), "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=200",
        "--exclude-table-data=django_migrations", f"--dbname={url}",
    ]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in told.splitlines() if not _LEFT_OUT.match(line)) + "\n"


if __name__ == "__main__":
    main()
