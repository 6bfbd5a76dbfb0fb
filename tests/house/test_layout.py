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


def test_only_faces_import_for_types_alone():
    """The contracts pass over `if TYPE_CHECKING:`; below the faces that would be a way to hide a cycle."""
    faces = ("motcua/portal/", "motcua/desk/", "motcua/console/", "motcua/api/", "motcua/jobs/", "motcua/config/")
    found = matching_lines(python_files(), r"\bTYPE_CHECKING\b")
    assert not [line for line in found if not line.startswith(faces)]


def test_every_contract_judges_modules_that_exist():
    """A contract about a module that was renamed would hold for ever."""
    named = set()
    for contract in _CONTRACTS:
        for key in ("source_modules", "forbidden_modules", "containers"):
            named |= {name for name in contract.get(key, []) if name.startswith("motcua.")}
        for line in contract.get("ignore_imports", []):
            named |= {name.strip() for name in line.split("->")}
        if contract.get("containers") == ["motcua"]:
            named |= {
                f"motcua.{one.strip()}" for layer in contract["layers"] for one in layer.split("|") if "(" not in one
            }
    missing = {name for name in named if not _module(name)}
    assert not missing


def _module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def test_a_built_package_carries_its_files():
    """Sheets, fonts, templates and tables are named in `package-data`, otherwise only a checkout would work."""
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    carried = {
        path
        for package, patterns in globs.items()
        for one in patterns
        for path in (ROOT / package.replace(".", "/")).glob(one)
    }
    left = [
        where(p) for p in PACKAGE.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"} and p not in carried
    ]
    assert not left


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
