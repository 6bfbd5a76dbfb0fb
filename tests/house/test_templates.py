"""Templates keep the strict content policy, never switch escaping off, and are all used."""

import re
from pathlib import Path

import allauth

from tests.house.sources import PACKAGE, matching_lines, python_files, templates, where

# Python that marks text as safe, and why it may.
_MARKS_SAFE: dict[str, str] = {
    "motcua/ui/templatetags/mc.py": "draws attributes and shapes whose parts it escapes with format_html",
    "motcua/eforms/options.py": "builds the options of long selects; value and label are escaped one by one",
    "motcua/ui/gallery.py": "a fixed drawing in the development gallery",
    "motcua/ui/views.py": "text size and contrast, a form without a token: see the reason beside it",
    "motcua/portal/views/rate.py": "whether a page was of use, the other form without a token; why stands beside it",
}
_TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
_DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def _tags(path: Path) -> list[str]:
    plain = _DJANGO.sub(lambda match: "x" * len(match.group()), path.read_text(encoding="utf-8"))
    return _TAG.findall(plain)


def test_no_inline_style_or_script():
    """`Content-Security-Policy` forbids them, so they would silently do nothing."""
    faults = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        if "/email" in str(path):
            continue
        faults += [f"{where(path)}: <style>"] * len(re.findall(r"<style\b", text))
        for tag in _tags(path):
            if re.match(r"<script\b", tag) and " src=" not in tag and "application/json" not in tag:
                faults.append(f"{where(path)}: inline script")
            if re.search(r"\s(style|on[a-z]+)\s*=", tag) or "javascript:" in tag:
                faults.append(f"{where(path)}: {tag[:90]}")
    assert not faults


def test_escaping_is_never_switched_off():
    assert not matching_lines(templates(), r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")
    marked = matching_lines(python_files(), r"\bmark_safe\b|\bSafeString\(|csrf_exempt")
    assert not [line for line in marked if line.partition(":")[0] not in _MARKS_SAFE]


def test_no_sentence_of_a_template_escapes_translation():
    """A visible Vietnamese letter outside translate/blocktranslate is a sentence nobody can translate."""
    faults = []
    vietnamese = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    for path in templates():
        if path.name.startswith("gallery"):
            continue  # samples for developers
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", "", text, flags=re.DOTALL)
        text = re.sub(
            r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", "", text, flags=re.DOTALL
        )
        line = next((one.strip() for one in text.splitlines() if vietnamese.search(one)), None)
        if line:
            faults.append(f"{where(path)}: {line[:90]}")
    assert not faults


def test_no_template_lies_unused():
    """Used means named in a Python file, another template, or a library whose template it replaces."""
    texts = [p.read_text(encoding="utf-8") for p in python_files() + templates()]
    ours = "\n".join(texts)
    library = Path(allauth.__file__).parent
    replaced = {str(p.relative_to(library / "templates")) for p in (library / "templates").rglob("*.html")}
    unused = []
    for path in templates():
        name = str(path).partition("/templates/")[2]
        folder = name.rpartition("/")[0]
        dynamic = re.search(rf"{re.escape(folder)}/[\w-]*[{{%]", ours) or re.search(
            rf"{re.escape(folder)}/['\"]\s*\|add", ours
        )
        if name not in ours and name not in replaced and not dynamic and not name.startswith("django/forms/"):
            unused.append(where(path))
    assert not unused
    assert PACKAGE.is_dir()
