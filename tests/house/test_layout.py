"""The house keeps its shape: floors, shelves, sizes, nothing half done."""

import tomllib

import pytest

from tests.house.sources import PACKAGE, ROOT, files, matching_lines, python_files, where

_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
_SHELVES = {"actions", "queries", "facts", "models", "ports"}


def test_every_folder_with_code_is_a_package():
    bare = {where(path.parent) for path in files(".py") if not (path.parent / "__init__.py").exists()}
    assert not bare, "import contracts do not see folders without __init__.py"


def test_every_room_with_shelves_stands_under_the_contract_of_shelves():
    contract = next(c for c in _CONTRACTS if c["name"] == "Every room has the same shelves")
    rooms = {
        f"motcua.{folder.name}"
        for folder in PACKAGE.iterdir()
        if any((folder / f"{shelf}.py").exists() or (folder / shelf).is_dir() for shelf in _SHELVES - {"facts"})
        and (folder / "migrations").exists()
    }
    assert rooms <= set(contract["containers"])


def test_no_file_has_grown_beyond_a_room():
    large = {where(path): n for path in python_files() if (n := len(path.read_text().splitlines())) > 400}
    assert not large, "split by idea, never by size"


def test_nothing_is_left_undone():
    ours = python_files() + files(".html", ".js", ".css", ".typ") + files(".py", under=ROOT / "tests")
    ours = [path for path in ours if path.name != "test_layout.py"]
    assert not matching_lines(ours, r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")


@pytest.mark.parametrize("word", ["utils", "helpers", "misc", "common"])
def test_no_drawer_for_odds_and_ends(word):
    assert not [where(path) for path in python_files() if word in (path.stem, path.parent.name)]


def test_dependencies_are_pinned_with_hashes():
    for name in ("run", "dev", "bootstrap"):
        lock = (ROOT / "requirements" / f"{name}.lock").read_text()
        pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins and all("==" in line for line in pins), name
        assert lock.count("--hash=sha256:") >= len(pins), name
