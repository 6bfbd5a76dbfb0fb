"""What the house tests read: our own source, file by file, without vendored parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "motcua"
_NOT_OURS = {"vendor", "__pycache__", "fonts", "node_modules"}


def files(*endings: str, under: Path = PACKAGE) -> list[Path]:
    """Files of ours with one of the endings, sorted."""
    return sorted(
        path
        for path in under.rglob("*")
        if path.suffix in endings and path.is_file() and not _NOT_OURS & set(path.relative_to(ROOT).parts)
    )


def python_files() -> list[Path]:
    """The product's Python files without migrations."""
    return [path for path in files(".py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    """The product's HTML templates."""
    return [path for path in files(".html") if "templates" in path.parts]


def where(path: Path, line: int | None = None) -> str:
    """The way a fault is named."""
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")


def matching_lines(paths: list[Path], pattern: str) -> list[str]:
    """`file:line: text` of each line the regular expression finds."""
    import re

    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{where(path, number)}: {line.strip()[:120]}")
    return found


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file.

    Parsed in a thread of its own: where a browser test has run before in this process, its event loop leaves the
    interpreter's recursion counter in a state that `ast.parse` of CPython 3.11 takes for a fault.
    """
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(ast.parse, path.read_text(encoding="utf-8")).result()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a file with its dotted name (`timezone.now`)."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
