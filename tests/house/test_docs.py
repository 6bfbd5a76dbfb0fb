"""Docs do not point into the void: links, files, commands and settings they name exist."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT, calls, python_files

_PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+\s+(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_dead_link(page):
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in _anchors(goal)):
            dead.append(target)
    assert not dead


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_verbs_named_in_code_marks_exist(page):
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    faults = []
    for code in re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")):
        if re.fullmatch(r"(motcua|tests|tools|provinces|requirements|docs|bench)/[\w./-]+", code):
            if not (ROOT / code.rstrip("/")).exists():
                faults.append(code)
        elif (match := re.match(r"make ([a-z]+)", code)) and match.group(1) not in verbs:
            faults.append(code)
    assert not faults


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[=<>~ ]", one)[0] for one in wanted}
    text = (ROOT / "docs" / "decisions" / "0009-dependencies.md").read_text(encoding="utf-8")
    assert not {name for name in names if not re.search(rf"\b{name}\b", text)}


def test_the_readme_lists_every_setting():
    """Each variable the product reads from the environment has its line in the configuration table."""
    names = set()
    for path in python_files():
        if "config" not in path.parts and "gateways" not in path.parts:
            continue
        for name, node in calls(path):
            if re.search(r"(environ\.get|getenv|_flag|is_on)$", name) and node.args:
                names.update(re.findall(r"^'([A-Z_]+)'$", ast.unparse(node.args[0])))
    internal = {"MOTCUA_TESTING", "MAKELEVEL"}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not sorted(name for name in names - internal if f"`{name}`" not in readme)
