"""The committed style sheets hold what the templates ask for, and are what ``make ui`` would build now."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = re.compile(r"(?:govuk|moj|mc)-[\w-]*\w")


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_ui", ROOT / "tools/build_ui.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_ui"] = module
    spec.loader.exec_module(module)
    return module


build_ui = _builder()


def _classes(css: str) -> set[str]:
    return {name.replace("\\", "") for name in build_ui.CLASS.findall(css)}


@pytest.mark.parametrize("sheet", ["portal", "desk"])
def test_the_committed_sheet_is_what_the_templates_now_ask_for(sheet: str) -> None:
    committed = (build_ui.BUILT / f"{sheet}.css").read_text(encoding="utf-8")
    assert committed == build_ui.build(sheet), "a template or style sheet changed: run `make ui` and commit built/"


@pytest.mark.parametrize("sheet", ["portal", "desk"])
def test_every_class_a_template_names_and_a_kit_knows_is_in_the_built_sheet(sheet: str) -> None:
    known = _classes("".join(path.read_text(encoding="utf-8") for path in build_ui.VENDOR.glob("*.css")))
    if sheet == "desk":
        known |= _classes("".join(path.read_text(encoding="utf-8") for path in build_ui.CSS.rglob("*.css")))
    built = _classes((build_ui.BUILT / f"{sheet}.css").read_text(encoding="utf-8"))
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in build_ui.sources(sheet)
        for name in OURS.findall(path.read_text(encoding="utf-8"))
        if name in known and name not in built
    }
    assert not missing


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    forbidden = re.compile(
        r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)""", re.IGNORECASE
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0].strip()}"
        for path in build_ui.PACKAGE.rglob("*.html")
        if "papers" not in path.parts and "notifications" not in path.parts
        for match in [forbidden.search(path.read_text(encoding="utf-8"))]
        if match
    ]
    assert not found


def test_no_class_of_ours_is_used_without_being_drawn() -> None:
    sources = [*build_ui.CSS.rglob("*.css"), *build_ui.VENDOR.glob("*.css")]
    drawn = _classes("".join(path.read_text(encoding="utf-8") for path in sources))
    attribute = re.compile(r'class="([^"]*)"')
    unknown = set()
    for path in build_ui.PACKAGE.rglob("*.html"):
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
        for value in attribute.findall(re.sub(r"{%.*?%}", " ", text)):
            for name in value.split():
                if re.fullmatch(r"mc-[\w-]*\w", name) and name not in drawn:
                    unknown.add(f"{path.relative_to(ROOT)}: {name}")
    assert not unknown


def test_colours_are_named_in_one_file_only() -> None:
    stray = [
        f"{path.name}: {match}"
        for path in build_ui.CSS.rglob("*.css")
        if path.name != "tokens.css"
        for match in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))
    ]
    assert not stray


def test_nothing_of_the_sheets_comes_from_another_host() -> None:
    for sheet in ("portal", "desk"):
        css = (build_ui.BUILT / f"{sheet}.css").read_text(encoding="utf-8")
        assert "@import" not in css
        assert "GDS Transport" not in css
        for address in re.findall(r"url\([\"']?([^\"')]+)", css):
            assert address.startswith(("data:", "../fonts/")), address
            if address.startswith("../"):
                assert (build_ui.BUILT / address).resolve().is_file()
