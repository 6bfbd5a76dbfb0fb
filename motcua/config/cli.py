"""`motcua <verb> …`: what an operator types.

A verb is a module in `motcua/console/commands/`: its docstring is the help, `add_arguments(parser)` declares the
arguments, `run(args) -> int` does the work inside Django with a database at hand.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from motcua.config import places, postgres

_COMMANDS = Path(__file__).resolve().parents[1] / "console" / "commands"
_BUILT_IN = {
    "run": "Start the whole product: database, web, worker and, in development, the sandbox twins.",
    "migrate": "Bring the database to the state this version of the code expects.",
    "psql": "Open a PostgreSQL prompt on the product's database.",
    "django": "Pass the rest on to Django's own commands (shell, check, makemigrations, …).",
}


def verbs() -> dict[str, str]:
    """Every verb with one line of help, read without importing the commands."""
    found = dict(_BUILT_IN)
    for path in _COMMANDS.glob("*.py"):
        if not path.stem.startswith("_"):
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            found[path.stem.replace("_", "-")] = text.strip().split("\n")[0]
    return dict(sorted(found.items()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; the answer is the exit code (0 well done, 1 it failed, 2 not understood)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_manual())
        return 0
    verb, *rest = arguments
    try:
        return _dispatch(verb, rest)
    except postgres.PostgresError as error:
        print(f"motcua {verb}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _dispatch(verb: str, rest: list[str]) -> int:
    if verb == "worktime":
        from motcua.console.commands import worktime

        return int(worktime.run(sys.stdin, sys.stdout) or 0)
    if verb == "run":
        from motcua.config import run

        return run.main(rest)
    if verb not in verbs():
        print(_unknown(verb), file=sys.stderr)
        return 2
    folder = places.data_dir()
    places.ensure_keys(folder)
    with postgres.running(folder) as url:
        os.environ["DATABASE_URL"] = url
        if verb == "psql":
            return os.spawnv(os.P_WAIT, str(postgres.binaries() / "psql"), ["psql", url, *rest])
        return _inside_django(verb, rest)


def _inside_django(verb: str, rest: list[str]) -> int:
    import django
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    if verb == "django":
        execute_from_command_line(["motcua django", *rest])
        return 0
    django.setup()
    if verb == "migrate":
        from motcua.config import migrating

        migrating.migrate(os.environ["DATABASE_URL"])
        return 0
    command = importlib.import_module(f"motcua.console.commands.{verb.replace('-', '_')}")
    parser = argparse.ArgumentParser(
        prog=f"motcua {verb}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(rest)) or 0)


def _manual() -> str:
    lines = [f"  {verb:<12}{text}" for verb, text in verbs().items()]
    return "\n".join(
        ["Một Cửa, the electronic one-stop shop.", "", "Usage: motcua <verb> [arguments]", "", *lines, ""]
        + ["`motcua <verb> --help` tells more. It reads DATA_DIR, DATABASE_URL, PROVINCE, PORT from the environment."]
    )


def _unknown(verb: str) -> str:
    near = difflib.get_close_matches(verb, verbs(), n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"motcua: there is no verb `{verb}`.{hint}\n\n{_manual()}"


if __name__ == "__main__":
    sys.exit(main())
