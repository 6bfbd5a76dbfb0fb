"""Draw docs/map.md from the code: floors, rooms, what each file is for, and the passages of a dossier.

`--check` only says whether the map on paper is still the house.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "docs" / "map.md"
sys.path.insert(0, str(ROOT))


def floors() -> list[list[str]]:
    """Packages from the top floor to the ground, as the import contract names them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"] == "Every import falls")
    return [[name.strip(" ()") for name in layer.split("|")] for layer in layers]


def purpose(path: Path) -> str:
    """The first sentence of a file's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def verbs(path: Path) -> list[str]:
    """Public functions of an actions or queries file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n.name for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def room(name: str) -> list[str]:
    """One package: its files in order, each with its purpose."""
    folder = ROOT / "motcua" / name
    own = folder / "__init__.py"
    lines = [f"### {name}", "", purpose(own) if own.exists() else "", ""]
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts or (path.name in {"__init__.py", "apps.py"} and not purpose(path)):
            continue
        if path == own or path.name == "apps.py":
            continue
        named = path.relative_to(folder).as_posix()
        shelf = {"actions", "queries"} & {part.removesuffix(".py") for part in path.relative_to(folder).parts}
        listed = ", ".join(f"`{verb}`" for verb in verbs(path)) if shelf else ""
        lines.append(f"- `{named}` {purpose(path)}" + (f" ({listed})" if listed else ""))
    return [*lines, ""]


def passages() -> list[str]:
    """The table of acts as a diagram."""
    from motcua.rules.lifecycle import TABLE, Follow
    from motcua.rules.words import ACTS

    lines = ["```mermaid", "stateDiagram-v2"]
    for act, passage in TABLE.items():
        for source in sorted(passage.sources):
            target = passage.target
            goal = source if target == Follow.STAY else target
            if goal in {Follow.RESUME, Follow.ROUTE}:
                goal = f"{goal}_"
            lines.append(f"    {source} --> {goal}: {ACTS[act]}")
    lines += ["    resume_: back to where it stood", "    route_: the next step of the route", "```", ""]
    return lines


def draw() -> str:
    """The whole page."""
    lines = [
        "# Map of the house",
        "",
        "Drawn from the code by `make map`; do not edit.",
        "",
        "## Floors, top to ground",
        "",
    ]
    present = [[n for n in floor if (ROOT / "motcua" / n).is_dir()] for floor in floors()]
    lines += [f"{number}. {', '.join(names)}" for number, names in enumerate([f for f in present if f], 1)]
    lines += ["", "## A dossier's passages", "", *passages(), "## Rooms", ""]
    for floor in reversed(present):
        for name in floor:
            lines += room(name)
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """1 when `--check` finds the map old."""
    text = draw()
    if "--check" in arguments:
        if not MAP.exists() or MAP.read_text(encoding="utf-8") != text:
            print("docs/map.md is old: run `make map` and commit the result.")
            return 1
        return 0
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
