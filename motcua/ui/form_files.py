"""Files sent with a page of an e-form: kept at once, and their ids put among the answers as if they had been posted."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base.errors import Refusal
from motcua.files.actions import store
from motcua.rules.eforms import FieldType, Step
from motcua.rules.people import Actor
from motcua.rules.uploads import UploadLimits

UPLOAD: Final = "upload:"
DROP: Final = "_drop:"


def take_form_files(
    request: HttpRequest, step: Step, data: dict[str, list[str]], *, owner: str, by: Actor, at: datetime
) -> tuple[bool, dict[str, list[str]]]:
    """Keep what was uploaded for the step's file questions in the name of ``owner`` and add the ids to ``data``.

    Answers whether a button "Bỏ tệp" was pressed, and what is wrong with files by path of their question. Uploads for
    anything but a file question are not looked at.
    """
    errors: dict[str, list[str]] = {}
    for sent in request.FILES:
        name = sent.removeprefix(UPLOAD)
        path = _path(step, name) if sent.startswith(UPLOAD) else ""
        for upload in request.FILES.getlist(sent) if path else ():
            try:
                limits = UploadLimits(max_bytes=settings.UPLOAD_MAX_BYTES)
                stored = store(upload, by=by, at=at, limits=limits, owner=owner)
                data.setdefault(name, []).append(str(stored.pk))
            except Refusal as refusal:
                errors.setdefault(path, []).extend(map(str, refusal.messages or [_("Không nhận được tệp này.")]))
    dropped = False
    for button in [key for key in data if key.startswith(DROP)]:
        name = button.removeprefix(DROP)
        data[name] = [value for value in data.get(name, []) if value not in data[button]]
        dropped = True
    return dropped, errors


def _path(step: Step, name: str) -> str:
    """The path of the file question that has this name on the page; "" when there is none."""
    for field in step.fields:
        if field.type is FieldType.FILE and name == field.key:
            return field.key
        rows = re.fullmatch(re.escape(field.key) + r"-(\d{1,2})-(\w+)", name)
        if rows and any(sub.key == rows[2] and sub.type is FieldType.FILE for sub in field.fields):
            return f"{field.key}.{int(rows[1])}.{rows[2]}"
    return ""
