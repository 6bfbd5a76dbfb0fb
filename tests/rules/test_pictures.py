"""Photographs lose where they were taken and keep what they show."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from motcua.rules.pictures import bare
from tests.rooms.file_samples import PLACE, photograph


def picture() -> Image.Image:
    made = Image.new("RGB", (24, 16), "white")
    made.paste((200, 10, 10), (0, 0, 12, 8))
    return made


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("way_up", [1, 6])
def test_a_jpeg_keeps_its_pixels_colours_and_way_up_and_nothing_of_the_camera(progressive: bool, way_up: int) -> None:
    given = photograph(way_up=way_up, progressive=progressive)
    found = bare(given)
    with Image.open(io.BytesIO(found)) as opened:
        exif = dict(opened.getexif())
        assert opened.info["icc_profile"] == b"colours" and "comment" not in opened.info
    assert exif == ({0x0112: way_up} if way_up != 1 else {})
    assert pixels(found) == pixels(given) and b"o nha" not in found and PLACE not in found
    assert bare(found) == found


def test_a_further_picture_behind_the_first_goes_with_it() -> None:
    assert bare(photograph() + photograph()) == bare(photograph())


def test_a_png_loses_its_words() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("GPS", "13.77, 109.22")
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=words)
    found = bare(out.getvalue())
    assert b"109.22" not in found and pixels(found) == pixels(out.getvalue())


def test_what_has_nothing_to_lose_is_signed_or_is_no_picture_stays_as_it_is() -> None:
    for form in ("JPEG", "PNG"):
        out = io.BytesIO()
        picture().save(out, form)
        assert bare(out.getvalue()) == out.getvalue()
    given = photograph()
    signed = given[:2] + b"\xff\xeb\x00\x06JUMB" + given[2:]
    for data in (signed, b"%PDF-1.4", given[: len(given) // 2], b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x01"):
        assert bare(data) == data
