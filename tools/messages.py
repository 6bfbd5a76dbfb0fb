"""Collect the sentences of code and templates into motcua/locale/en: `messages.py` writes, `--check` only compares.

The sentences in the code are the Vietnamese ones, so Vietnamese needs no catalogue; a sentence without an English
translation is shown in Vietnamese. Translations already written are kept; sentences no longer used are dropped.
No GNU gettext needed.
"""

from __future__ import annotations

import ast
import io
import json
import re
import struct
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "motcua" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = (
    "Project-Id-Version: motcua\\nContent-Type: text/plain; charset=UTF-8\\n"
    "Content-Transfer-Encoding: 8bit\\nLanguage: en\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"
)
FUNCTIONS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 1, "ngettext_lazy": 1}
WITH_CONTEXT = {"pgettext": 0, "pgettext_lazy": 0, "npgettext": 1, "npgettext_lazy": 1}

Key = tuple[str, str, str]  # context, singular, plural; empty where there is none


def from_python(source: str) -> Iterator[Key]:
    """Sentences of a Python file: calls of the gettext family with constant arguments."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        yield from _key(name, texts)


def from_template(source: str) -> Iterator[Key]:
    """Sentences of a template, through Django's own reader of `translate` and `blocktranslate`."""
    from django.utils.translation.template import templatize

    plain = templatize(source)
    for match in re.finditer(r"\b(_|n?p?gettext|pgettext|npgettext)\(", plain):
        texts, depth = [], 0
        for token in tokenize.generate_tokens(io.StringIO(plain[match.end() - 1 :]).readline):
            depth += {"(": 1, ")": -1}.get(token.string, 0)
            if token.type == tokenize.STRING:
                texts.append(ast.literal_eval(token.string))
            if depth == 0:
                break
        yield from _key(match.group(1), texts)


def _key(name: str, texts: list[str]) -> Iterator[Key]:
    if name in FUNCTIONS and len(texts) > FUNCTIONS[name]:
        yield ("", texts[0], texts[1] if FUNCTIONS[name] else "")
    elif name in WITH_CONTEXT and len(texts) > WITH_CONTEXT[name] + 1:
        yield (texts[0], texts[1], texts[2] if WITH_CONTEXT[name] else "")


def collect() -> list[Key]:
    """Every sentence of the product, sorted so that two branches rarely touch the same line."""
    keys: set[Key] = set()
    for path in (ROOT / "motcua").rglob("*.py"):
        if "migrations" not in path.parts:
            keys.update(from_python(path.read_text(encoding="utf-8")))
    for folder in (ROOT / "motcua").glob("*/templates"):
        for path in [*folder.rglob("*.html"), *folder.rglob("*.txt")]:
            keys.update(from_template(path.read_text(encoding="utf-8")))
    return sorted(key for key in keys if key[1])


def read_catalogue() -> dict[Key, list[str]]:
    """Translations already in the catalogue."""
    found: dict[Key, list[str]] = {}
    text = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""
    for block in text.split("\n\n")[1:]:
        parts: dict[str, str] = {}
        current = ""
        for line in block.splitlines():
            if match := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                current = match.group(1)
                parts[current] = json.loads(match.group(2))
            elif line.startswith('"') and current:
                parts[current] += json.loads(line)
        if "msgid" in parts:
            key = (parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))
            found[key] = [parts[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if name in parts]
    return found


def catalogue_text(keys: list[Key], known: dict[Key, list[str]]) -> str:
    """The catalogue as gettext writes it, without places and dates."""
    blocks = [f'msgid ""\nmsgstr "{HEADER}"']
    for key in keys:
        context, singular, plural = key
        translated = known.get(key, ["", ""] if plural else [""])
        lines = [f"msgctxt {_quoted(context)}"] if context else []
        lines.append(f"msgid {_quoted(singular)}")
        if "%(" in singular:
            lines.insert(0, "#, python-format")
        if plural:
            lines.append(f"msgid_plural {_quoted(plural)}")
            lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(translated)]
        else:
            lines.append(f"msgstr {_quoted(translated[0])}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(known: dict[Key, list[str]]) -> bytes:
    """The binary catalogue (.mo) of the translated sentences."""
    pairs = [("", HEADER.replace("\\n", "\n"))]
    for (context, singular, plural), translated in known.items():
        if all(translated):
            name = (f"{context}\x04" if context else "") + singular + (f"\0{plural}" if plural else "")
            pairs.append((name, "\0".join(translated)))
    encoded = sorted((name.encode(), text.encode()) for name, text in pairs)
    start = 28 + 16 * len(encoded)
    table, data = [], b""
    for column in (0, 1):
        for pair in encoded:
            table.append(struct.pack("<II", len(pair[column]), start + len(data)))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(encoded), 28, 28 + 8 * len(encoded), 0, 0)
    return head + b"".join(table) + data


def main(arguments: list[str]) -> int:
    """1 when `--check` finds the catalogue behind the code."""
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    known = read_catalogue()
    keys = collect()
    text = catalogue_text(keys, known)
    kept = {key: known[key] for key in keys if key in known}
    if "--check" in arguments:
        if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
            print("The catalogue is behind the code: run `make messages` and commit the result.")
            return 1
        return 0
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(text, encoding="utf-8")
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(kept))
    print(f"{len(keys)} sentences, {sum(all(t) for t in kept.values())} of them in English too.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
