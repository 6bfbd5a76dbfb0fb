"""What the tests of the archive share: Yến who keeps it, dossiers that are due, packages out of the vault."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.archive.actions import keep_due
from motcua.archive.models import Package
from motcua.archive.vault import vault
from motcua.dossiers.actions import deliver, fees, withdraw
from motcua.policy.models import Clause
from motcua.policy.queries import forget
from motcua.rules.acts import Channel
from motcua.rules.people import Actor, Role
from tests.cast import SINCE, Cast
from tests.rooms.late import SYSTEM
from tests.rooms.test_trip import to_ready

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONTH = timedelta(days=31)


def archivist(cast: Cast, login: str = "yen", name: str = "Đinh Hải Yến") -> Actor:
    """Yến keeps the commune's archive."""
    return cast.post(cast.officer(login, name), Role.ARCHIVIST, cast.commune)


def delivered(cast: Cast, at: datetime) -> str:
    """A dossier that went its whole way."""
    code = to_ready(cast, at)
    fees.collect(code, receipt_number="0001", by=cast.minh, at=at + 3 * HOUR)
    deliver.deliver(
        code,
        channel=Channel.COUNTER,
        receiver_name="Nguyễn Thị Lan",
        originals_checked=True,
        form_signed=True,
        by=cast.minh,
        at=at + 3 * HOUR,
    )
    return code


def withdrawn(cast: Cast, at: datetime) -> str:
    """One that ended early: the quickest to make."""
    code = str(cast.submitted().code)
    withdraw.withdraw(code, reason="Tôi nộp nhầm.", by=cast.lan, at=at)
    return code


def keep_all(at: datetime) -> None:
    after = 0
    while after := keep_due(by=SYSTEM, at=at, after=after):
        pass


def kept(cast: Cast, at: datetime, code: str = "") -> Package:
    """A package of one dossier, made a month after it was closed."""
    code = code or withdrawn(cast, at)
    keep_all(at + MONTH)
    return Package.objects.get(code=code)


def term(value: str, **scope: Any) -> None:
    """A clause that says a term, for a procedure or everybody."""
    Clause.objects.create(key="retention", value=value, since=SINCE, basis="Danh mục hồ sơ năm 2018", **scope)
    forget()


def bytes_of(package: Package) -> bytes:
    with vault().open(package.key or "") as stored:
        content: bytes = stored.read()
    return content


def unpacked(content: bytes) -> Mapping[str, bytes]:
    """Every part by its place in the bag."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def read_json(parts: Mapping[str, bytes], path: str) -> Any:
    return json.loads(parts[path])
