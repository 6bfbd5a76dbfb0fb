"""A signature is seen by the structure of the PDF, and what only looks like one is none."""

from __future__ import annotations

import io

import pytest

from motcua.files.facts import facts_of
from tests.cast import PDF
from tests.signed_pdf import MESSAGE, signed_pdf


def seen(content: bytes) -> int:
    facts = facts_of(io.BytesIO(content), name="a.pdf", size=len(content))
    assert not facts.broken
    return facts.signatures


def test_a_signature_dictionary_that_frames_its_message_is_seen() -> None:
    assert seen(signed_pdf()) == 1


@pytest.mark.parametrize(
    "content",
    [
        PDF,
        PDF + b"%/Type/Sig/ByteRange[0 1 2 3]\n%%EOF\n",
        signed_pdf(message=b"\x00" * 200),
        signed_pdf(message=MESSAGE[:20]),
        signed_pdf(shift=-5),
        signed_pdf().replace(b"/Type/Sig/Filter", b"/Type/DocTimeStamp/Filter"),
        signed_pdf().replace(b"/ByteRange[", b"/OtherRange["),
        signed_pdf().replace(b"/ByteRange[0 ", b"/ByteRange[7 "),
    ],
    ids=["none", "in a comment", "placeholder", "too short", "moved", "time stamp", "no range", "not from the start"],
)
def test_what_only_looks_like_a_signature_is_none(content: bytes) -> None:
    assert seen(content) == 0
