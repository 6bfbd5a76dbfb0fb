"""Refresh what the look borrows from others. For maintainers; its output is committed, so nobody else needs Node.

    python tools/vendor_ui.py            (needs npm and the `ui` extra: fonttools, brotli)

It packs the pinned npm packages, keeps their licences, strips every ``@font-face`` and absolute ``url(/assets/…)``
from the style sheets (fonts and crests of gov.uk are not licensed to others), subsets Be Vietnam Pro to the letters
Vietnamese needs, and writes ``motcua/ui/vendor/lock.json`` with version and sha512 of each package. Then run
``python tools/build_ui.py``.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
import unicodedata
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "motcua/ui/vendor"
STATIC = ROOT / "motcua/ui/static/ui"
TESTS = ROOT / "tests/vendor"

PACKAGES = {
    "govuk-frontend": "6.6.0",
    "@ministryofjustice/frontend": "11.1.0",
    "@fontsource/be-vietnam-pro": "5.3.0",
    "axe-core": "4.14.1",
    "jsqr": "1.4.0",
}
SHEETS = {
    "govuk-frontend": ("dist/govuk/govuk-frontend.min.css", "govuk-frontend.css"),
    "@ministryofjustice/frontend": ("moj/moj-frontend.min.css", "moj-frontend.css"),
}
WEIGHTS = (400, 600)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
MARKS = "\u00a0–—‘’“”…·•×²³°§«»₫−½¼±"


def alphabet() -> set[int]:
    """Code points a page of ours uses: ASCII, the 178 Vietnamese letters, a few signs."""
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    printable = {chr(code) for code in range(32, 127)}
    return {ord(char) for char in letters | {letter.upper() for letter in letters} | printable | set(MARKS)}


def pack(name: str, version: str, into: Path) -> tuple[Path, str]:
    """Fetch one npm package; answer its unpacked folder and its sha512 (subresource-integrity form)."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=into, check=True, capture_output=True, text=True
    )
    archive = into / done.stdout.strip().splitlines()[-1]
    digest = hashlib.sha512(archive.read_bytes()).digest()
    folder = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package", "sha512-" + b64encode(digest).decode()


def clean_sheet(css: str) -> str:
    """The sheet without fonts, absolute addresses and source maps."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = re.sub(r"[\w-]+:[^;{}]*url\([\"']?/assets/[^;{}]*;?", "", css)
    return re.sub(r"@charset[^;]*;", "", css).lstrip("\ufeff").strip() + "\n"


def subset_font(source: Path, target: Path) -> None:
    """Write the part of a font that Vietnamese needs, without hinting; kerning stays."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "tnum"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=alphabet() & set(font.getBestCmap()))
    cutter.subset(font)
    font.flavor = "woff2"
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    target.write_bytes(out.getvalue())


def licence_of(folder: Path) -> str:
    """The licence a package ships. (govuk-frontend and moj-frontend ship none: theirs are kept by hand in VENDOR.)"""
    return (folder / "LICENSE").read_text(encoding="utf-8")


def main() -> None:
    """Fetch, clean, subset, write."""
    for path in (VENDOR, STATIC / "vendor", STATIC / "fonts", TESTS):
        path.mkdir(parents=True, exist_ok=True)
    lock = {}
    with tempfile.TemporaryDirectory() as folder:
        unpacked = {}
        for name, version in PACKAGES.items():
            unpacked[name], digest = pack(name, version, Path(folder))
            lock[name] = {"version": version, "integrity": digest}
        for name, (inside, outside) in SHEETS.items():
            css = clean_sheet((unpacked[name] / inside).read_text(encoding="utf-8"))
            (VENDOR / outside).write_text(css, encoding="utf-8")
        font = unpacked["@fontsource/be-vietnam-pro"]
        (STATIC / "fonts/LICENSE.be-vietnam-pro").write_text(licence_of(font), encoding="utf-8")
        for weight in WEIGHTS:
            for part in ("latin", "vietnamese"):
                source = font / f"files/be-vietnam-pro-{part}-{weight}-normal.woff2"
                subset_font(source, STATIC / f"fonts/be-vietnam-pro-{part}-{weight}.woff2")
        axe = unpacked["axe-core"]
        (TESTS / "axe.min.js").write_bytes((axe / "axe.min.js").read_bytes())
        (TESTS / "LICENSE.axe-core").write_text(licence_of(axe), encoding="utf-8")
        reader = unpacked["jsqr"]
        (STATIC / "vendor/jsqr.js").write_bytes((reader / "dist/jsQR.js").read_bytes())
        (STATIC / "vendor/LICENSE.jsqr").write_text(licence_of(reader), encoding="utf-8")
    (VENDOR / "lock.json").write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
