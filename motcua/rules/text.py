"""What people type, made fit to keep: cleaning, comparing, masking, and names of files.

Vietnamese text is stored composed (TCVN 6909:2001, Unicode NFC). Three kinds of characters never belong in
an answer: those a person cannot type on purpose and which change how the rest is shown (*forbidden*: NUL,
control codes, direction overrides, tags, surrogates), those that are only invisible and come along when one
pastes (*invisible*: zero-width space, byte order mark, soft hyphen), and surplus space. All three are
removed; only the first is worth telling the writer about, so `tidy` reports it and `has_forbidden` asks for
it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MAX_FILENAME_BYTES: Final = 255
"""The longest file name common file systems keep, in bytes of UTF-8."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_COMBINING = re.compile("[\u0300-\u036f]")
_D_TO_ASCII = str.maketrans("ĐđÐð", "dddd")
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

_BIDI = frozenset("\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEEN_AS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"com{n}" for n in range(1, 10)} | {f"lpt{n}" for n in range(1, 10)}
)


class Removed(StrEnum):
    """A kind of character that `tidy` takes out."""

    CONTROL = "control"
    """NUL, escape, bell and other codes without a shape."""
    DIRECTION = "direction"
    """Marks that turn the reading direction, used to disguise names of files and people."""
    MALFORMED = "malformed"
    """Half characters, tags, private and unassigned positions: nobody can tell how they will look."""
    INVISIBLE = "invisible"
    """Zero-width characters pasted along with honest text."""


FORBIDDEN: Final = frozenset({Removed.CONTROL, Removed.DIRECTION, Removed.MALFORMED})


@dataclass(frozen=True, slots=True)
class Tidy:
    """Cleaned text, and which kinds of characters had to go."""

    text: str
    removed: frozenset[Removed]

    @property
    def had_forbidden(self) -> bool:
        """True when something was removed that the writer should be told about."""
        return bool(self.removed & FORBIDDEN)


def _kind(char: str) -> Removed | None:
    """The reason to remove `char`, or None when it may stay (line feed and tab stay here)."""
    if char in "\n\t" or (char.isascii() and char.isprintable()):
        return None
    if char in _BIDI:
        return Removed.DIRECTION
    category = unicodedata.category(char)
    if category == "Cc":
        return Removed.CONTROL
    if category in {"Cs", "Co", "Cn"} or "\U000e0000" <= char <= "\U000e007f" or "\ufff9" <= char <= "\ufffb":
        return Removed.MALFORMED
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    if category == "Cf" or char in _SEEN_AS_NOTHING or selector:
        return Removed.INVISIBLE
    return None


def tidy(text: str, *, lines: bool = False) -> Tidy:
    """Clean `text` and say what was removed.

    NFC; runs of space become one; the ends are trimmed. With `lines` line breaks are kept (at most one
    empty line between two paragraphs), otherwise a break becomes a space. Cleaning twice changes nothing
    more.
    """
    text = _BREAKS.sub("\n", text)
    # Each distinct character is judged once: a long text has some hundred of them.
    unwanted = {char: kind for char in set(text) if (kind := _kind(char)) is not None}
    removed = set(unwanted.values())
    if unwanted:
        text = text.translate(dict.fromkeys(map(ord, unwanted)))
    composed = unicodedata.normalize("NFC", text)
    if not lines:
        return Tidy(" ".join(composed.split()), frozenset(removed))
    rows = [_BLANKS.sub(" ", row).strip() for row in composed.split("\n")]
    return Tidy(_MANY_BREAKS.sub("\n\n", "\n".join(rows)).strip(), frozenset(removed))


def clean_line(text: str) -> str:
    """`text` as one clean line: a name, a number, an address."""
    return tidy(text).text


def clean_text(text: str) -> str:
    """`text` cleaned, its line breaks kept: a reason, a description."""
    return tidy(text, lines=True).text


def has_forbidden(text: str) -> bool:
    """True when `text` holds a character nobody types on purpose (NUL, control, direction override, half
    character).
    """
    return tidy(text, lines=True).had_forbidden


def plain_number(text: str, *, most: int = 2**31 - 1) -> int | None:
    """The whole number that `text` writes in the digits 0 to 9; None for anything else and beyond `most`.

    `str.isdigit` also says yes to "²" and to ten thousand nines, which `int` then refuses.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


def fold(text: str) -> str:
    """`text` without accents and in small letters: "Đăng ký" → "dang ky". Both D with stroke become d.

    The same result, character for character, as the database function `vi_fold`, so that a search term
    folded here finds a row folded there. Only ASCII letters are made small, as `lower(… COLLATE "C")` does.
    """
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", text).translate(_ASCII_LOWER))
    return bare.translate(_D_TO_ASCII)


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(f"[a-zđA-ZĐ\u0302\u0306\u031b{_TONES}]+")
_SYLLABLE = re.compile(
    "(?P<onset>(?:qu(?=[aeiouy])|gi(?=[aeouy])|[bcdđfghjklmnpqrstvwxz])*)"
    "(?P<nucleus>(?:[aeiouy][\u0302\u0306\u031b]?){1,3})"
    "(?P<coda>[bcdđfghjklmnpqrstvwxz]*)",
    re.IGNORECASE,
)
_VOWEL = re.compile("[aeiouy][\u0302\u0306\u031b]?", re.IGNORECASE)


def canonical_tone(text: str) -> str:
    """`text` (NFC) with each tone mark on the vowel where the older printed spelling puts it: "hoà" → "hòa".

    Two spellings are in official use side by side (201 names of administrative units differ only by that),
    and keyboards produce both; comparing this form makes them equal. Letters and capitals are kept.
    """
    return unicodedata.normalize("NFC", _WORD.sub(_place_tone, unicodedata.normalize("NFD", text)))


def _place_tone(word: re.Match[str]) -> str:
    letters = word[0]
    tones = [char for char in letters if char in _TONES]
    if len(tones) != 1:
        return letters
    # NFD orders the dot below before the circumflex, so the tone is taken out before vowels are looked for.
    syllable = _SYLLABLE.fullmatch(letters.replace(tones[0], ""))
    if syllable is None:
        return letters
    vowels = _VOWEL.findall(syllable["nucleus"])
    place = _tone_place(vowels, closed=bool(syllable["coda"]))
    vowels[place] += tones[0]
    return syllable["onset"] + "".join(vowels) + syllable["coda"]


def _tone_place(vowels: list[str], *, closed: bool) -> int:
    """Which of up to three vowels carries the tone."""
    marked = [index for index, vowel in enumerate(vowels) if len(vowel) > 1]
    if marked:
        return marked[-1]
    if len(vowels) == 2:
        return 1 if closed else 0
    return len(vowels) // 2


def grouped(number: int) -> str:
    """A whole number as it is written in Vietnamese: 1234567 → ``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def mask_name(name: str) -> str:
    """A name for strangers: "Nguyễn Văn An" → "N*** V** A" (look-up without a proof).

    Always the first letter of the first, the second and the last word, followed by a fixed number of stars,
    so that neither the length of any word nor the number of middle names shows, and "An" cannot be told
    from "Anh".
    """
    words = clean_line(name).split(" ")
    initials = [next((char for char in word if char.isalnum()), "*").upper() for word in words if word]
    if not initials:
        return ""
    if len(initials) == 1:
        return f"{initials[0]}***"
    middle = [f"{initials[1]}**"] if len(initials) > 2 else []
    return " ".join([f"{initials[0]}***", *middle, initials[-1]])


def spreadsheet_safe(value: str) -> str:
    """`value` for a cell of a CSV or sheet: a text that a spreadsheet would run as a formula gets an
    apostrophe first.
    """
    return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else value


def filename_safe(name: str, *, otherwise: str = "tep-khong-ten") -> str:
    """The last part of a path-like `name` as a name any file system takes, Vietnamese letters kept.

    No folder, no device name, no leading dot, none of ``< > : " | ? *``, at most 255 bytes with the extension
    preserved. What leaves nothing becomes `otherwise`.
    """
    last = clean_line(re.split(r"[/\\]", tidy(name).text.rstrip("/\\ "))[-1])
    last = clean_line(re.sub(r'[<>:"|?*]', "_", last)).lstrip(". ").rstrip(". ")
    stem, dot, extension = last.rpartition(".")
    if not dot or len(extension.encode()) > 16 or not stem:
        stem, dot, extension = last, "", ""
    stem = stem.rstrip(". ")
    if stem.split(".")[0].strip().lower() in _DEVICE_NAMES:
        stem = f"_{stem}"
    room = MAX_FILENAME_BYTES - len((dot + extension).encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return stem + dot + extension if stem else otherwise
