"""Build the two style sheets: ``python tools/build_ui.py`` (``make ui``). Needs nothing but Python, takes a second.

Every rule of the borrowed kits and of our own sheets is kept only if templates, scripts or Python name its classes.
The order of the layers is the order of authority: what stands in a later layer wins, whatever its specificity.
``--check`` writes nothing and fails when the committed sheets are stale.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "motcua"
CSS = PACKAGE / "ui/static/ui/css"
BUILT = PACKAGE / "ui/static/ui/built"
VENDOR = PACKAGE / "ui/vendor"
LAYERS = "vendor, tokens, base, layout, components, desk, print"
OFFICE_FACES = ("desk", "console")
# Components only an officer meets; the portal's sheet need not know them.
OFFICE_COMPONENTS = frozenset({"acts.html", "verdict.html", "viewer.html", "route.html", "keys.html", "bulk.html"})
OFFICE_SCRIPTS = frozenset({"keys.js", "viewer.js"})

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
# The kits name their own typeface at every element; ours comes from layer "base".
FACE = re.compile(r"(?:font-family:\"?GDS Transport[^;}]*|-(?:webkit|moz-osx)-font-smoothing:[^;}]*);?")
OURS = re.compile(r"(?:govuk|moj|mc)-[\w-]*")


@dataclass(frozen=True)
class Words:
    """The class names in use, and beginnings of names that a template finishes (``mc-due--{{ urgency }}``)."""

    whole: frozenset[str]
    openings: tuple[str, ...]

    def has(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.openings)


def sources(sheet: str) -> list[Path]:
    """Files whose words decide what a sheet (``portal`` or ``desk``) keeps."""
    found = [p for p in PACKAGE.rglob("*") if p.suffix in {".html", ".js", ".py"} and "/built/" not in p.as_posix()]
    found = [p for p in found if p.suffix != ".html" or "templates" in p.parts]
    found = [p for p in found if p.suffix != ".js" or ("static" in p.parts and "vendor" not in p.parts)]
    if sheet == "portal":
        found = [p for p in found if not is_office(p)]
    return sorted(found)


def is_office(path: Path) -> bool:
    """Whether only officers (or the gallery) ever see what this file draws."""
    face = path.relative_to(PACKAGE).parts[0]
    if face in OFFICE_FACES or path.name in {"desk.html", "gallery.py"} or path.stem.startswith("gallery"):
        return True
    return path.name in OFFICE_COMPONENTS | OFFICE_SCRIPTS


def words(sheet: str) -> Words:
    """Every word of the sources; of Python only names that carry our prefixes."""
    whole: set[str] = set()
    openings: set[str] = set()
    for path in sources(sheet):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            found = set(OURS.findall(text))
        else:
            text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
            found = set(WORD.findall(text))
        whole |= found
        openings |= {word for word in found if OURS.match(word) and word.endswith("--")}
        openings |= {word for word in found if OURS.match(word) and word.endswith("-") and word.count("-") > 1}
    return Words(frozenset(whole), tuple(sorted(openings)) or ("\0",))


def split_rules(css: str) -> list[tuple[str, str | None]]:
    """Top-level ``(prelude, body)`` pairs of a sheet; the body is None for statements such as ``@charset``."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    rules: list[tuple[str, str | None]] = []
    start = at = 0
    while at < len(css):
        char = css[at]
        if char in "\"'":
            at = css.index(char, at + 1)
        elif char == ";":
            rules.append((css[start:at].strip(), None))
            start = at + 1
        elif char == "{":
            end = closing(css, at)
            rules.append((css[start:at].strip(), css[at + 1 : end]))
            at, start = end, end + 1
        at += 1
    return rules


def closing(css: str, opening: int) -> int:
    """Where the brace opened at ``opening`` closes."""
    depth, at = 0, opening
    while True:
        char = css[at]
        if char in "\"'":
            at = css.index(char, at + 1)
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return at
        at += 1


def split_selectors(prelude: str) -> list[str]:
    """Selectors of a list, commas inside parentheses respected."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(prelude[start:at])
            start = at + 1
    return [part.strip() for part in [*parts, prelude[start:]]]


def is_used(selector: str, used: Words) -> bool:
    """Whether everything a selector asks for can occur. ``:not(…)`` asks for nothing; ``:is(a, b)`` for one of them."""
    selector = re.sub(r"\[[^\]]*\]", "", selector)
    selector = re.sub(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)", "", selector)
    while group := re.search(r":(?:is|where|has)\(((?:[^()]|\([^()]*\))*)\)", selector):
        if not any(is_used(choice, used) for choice in split_selectors(group[1])):
            return False
        selector = selector[: group.start()] + selector[group.end() :]
    return all(used.has(name) for name in CLASS.findall(selector))


def purge(css: str, used: Words) -> str:
    """The sheet without the rules nothing asks for, minified."""
    out = []
    for prelude, body in split_rules(css):
        if body is None:
            continue
        if prelude.startswith(("@media", "@supports", "@layer", "@container")):
            if inner := purge(body, used):
                out.append(f"{squeeze(prelude)}{{{inner}}}")
        elif prelude.startswith("@"):
            out.append(f"{squeeze(prelude)}{{{squeeze(body, declarations=not prelude.startswith('@keyframes'))}}}")
        else:
            kept = [squeeze(part) for part in split_selectors(prelude) if is_used(part, used)]
            declarations = squeeze(body, declarations=True)
            if kept and declarations:
                out.append(f"{','.join(kept)}{{{declarations}}}")
    return "".join(out)


def squeeze(text: str, *, declarations: bool = False) -> str:
    """White space that means nothing, removed."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    if declarations:
        text = re.sub(r"(^|;)\s*([\w-]+)\s*:\s*", r"\1\2:", text).strip(";")
    return text


def build(sheet: str) -> str:
    """The whole style sheet ``portal`` or ``desk`` as it should stand in ``built/``."""
    used = words(sheet)
    parts = [f"@layer {LAYERS};", squeeze_fonts()]
    vendor = "".join(
        purge(FACE.sub("", (VENDOR / name).read_text(encoding="utf-8")), used)
        for name in ("govuk-frontend.css", "moj-frontend.css")
    )
    parts.append(f"@layer vendor{{{drop_idle_keyframes(vendor)}}}")
    layers = {
        "tokens": [CSS / "tokens.css"],
        "base": [CSS / "base.css"],
        "layout": [CSS / "layout.css"],
        "components": sorted((CSS / "components").glob("*.css")),
        "desk": [CSS / "desk.css"] if sheet == "desk" else [],
        "print": [CSS / "print.css"],
    }
    for layer, files in layers.items():
        inner = "".join(purge(path.read_text(encoding="utf-8"), used) for path in files)
        if inner:
            parts.append(f"@layer {layer}{{{inner}}}")
    return "".join(parts) + "\n"


def squeeze_fonts() -> str:
    text = (CSS / "fonts.css").read_text(encoding="utf-8")
    return "".join(f"{p}{{{squeeze(b or '', declarations=True)}}}" for p, b in split_rules(text))


def drop_idle_keyframes(css: str) -> str:
    """Animations no remaining rule names."""
    for block in re.findall(r"@keyframes [\w-]+\{(?:[^{}]*\{[^{}]*\})*\}", css):
        name = block.split("{")[0].split()[1]
        if len(re.findall(rf"[:, ]{re.escape(name)}\b", css.replace(block, ""))) == 0:
            css = css.replace(block, "")
    return css


def main() -> int:
    check = "--check" in sys.argv
    stale = []
    BUILT.mkdir(parents=True, exist_ok=True)
    for sheet in ("portal", "desk"):
        path, fresh = BUILT / f"{sheet}.css", build(sheet)
        if path.is_file() and path.read_text(encoding="utf-8") == fresh:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(fresh, encoding="utf-8")
    if stale:
        print(("stale, run `make ui`: " if check else "built: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
