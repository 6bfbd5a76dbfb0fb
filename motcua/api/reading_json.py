"""Reading what machines send: strict JSON, alone or beside files, refused in words and never half understood."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

import pydantic
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from ninja.parser import Parser

from motcua.base.errors import Refusal

DATA = "data"
"""The part of a multipart body that holds the JSON; every other part is a file."""

Shape = TypeVar("Shape", bound=pydantic.BaseModel)


@dataclass(frozen=True, slots=True)
class Sent:
    """A body taken apart: the JSON, and files by the name of their part."""

    data: Any
    files: dict[str, list[UploadedFile]] = field(default_factory=dict)


class StrictParser(Parser):
    """Refuses what JSON has no meaning for: NaN, half characters, numbers and depths beyond reason."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a JSON request."""
        return strict_json(request.body)


def strict_json(text: str | bytes) -> Any:
    """The value `text` stands for. Raises `Refusal` (400)."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except Refusal:
        raise
    except (ValueError, RecursionError):
        raise Refusal(_("Nội dung không phải JSON hợp lệ (UTF-8)."), status=400) from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise Refusal(_("%(name)s không phải là số dùng được.") % {"name": name}, status=400)


def read_sent(request: HttpRequest) -> Sent:
    """A body that is JSON, or multipart with the JSON in the part `data` and files in the others."""
    if request.content_type != "multipart/form-data":
        return Sent(strict_json(request.body) if request.body else {})
    files = {name: list(uploads) for name, uploads in request.FILES.lists()}
    given: Any = request.POST.get(DATA)
    if given is None and (parts := files.pop(DATA, None)):
        given = parts[0].read()
    return Sent({} if given is None else strict_json(given), files)


def shaped(data: Any, shape: type[Shape]) -> Shape:
    """`data` as `shape`. Raises ninja's ValidationError with every item that does not fit."""
    try:
        return shape.model_validate(data)
    except pydantic.ValidationError as wrong:
        found = [{**one, "loc": ("form", *one["loc"])} for one in wrong.errors(include_url=False)]
        raise ValidationError(found) from None
