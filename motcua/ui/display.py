"""How a reader likes to see pages: text size and contrast, remembered in one cookie that says nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

COOKIE = "hien-thi"
SIZES = ("s", "m", "l")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """Text size ``s``/``m``/``l`` (A−, A, A+) and whether contrast is high."""

    size: str = "m"
    contrast: bool = False

    @property
    def html_class(self) -> str:
        """Classes of ``<html>`` for browsers that cannot read the switches themselves."""
        return f"mc-size-{self.size}" + (" mc-contrast" if self.contrast else "")

    def as_cookie(self) -> str:
        return f"{self.size}{int(self.contrast)}"


def parse(text: str) -> Display:
    """A Display from a cookie's text; anything unknown is the default."""
    size, contrast = text[:1], text[1:]
    return Display(size if size in SIZES else "m", contrast == "1")


def display_of(request: HttpRequest) -> Display:
    """What this request's cookie says."""
    return parse(request.COOKIES.get(COOKIE, ""))


def remember(response: HttpResponseBase, display: Display, *, secure: bool) -> None:
    """Keep the choice for a year."""
    response.set_cookie(
        COOKIE, display.as_cookie(), max_age=YEAR, samesite="Lax", secure=secure, httponly=True, path="/"
    )
