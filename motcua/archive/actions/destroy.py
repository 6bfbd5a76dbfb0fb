"""Destroying what is kept beyond its term: a list by one person, the word of another, and a record that stays.

Nothing is ever destroyed by the clock. The law asks for a list, a decision and a record of what was done (HY-37).
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localtime

from motcua.archive.actions.hold import must_keep
from motcua.archive.facts import may_decide
from motcua.archive.models import Destruction, DestructionLine, Package
from motcua.archive.vault import vault
from motcua.archive.verifying import MANIFEST
from motcua.audit.actions import record
from motcua.base.errors import Refusal
from motcua.dossiers.actions.erase import erase
from motcua.rules.people import Actor, Role
from motcua.rules.retention import is_over
from motcua.rules.text import clean_line

MOST = 200
"""Packages of one list: what one person can look through before deciding."""


@transaction.atomic
def propose(codes: Collection[str], *, reason: str, by: Actor, at: datetime) -> Destruction:
    """Put packages whose term is over on a list for another person to decide.

    Raises `Refusal` naming each that may not stand there: its term runs or nobody has confirmed it, it is held, it is
    on another list, its parts are still kept.
    """
    words = clean_line(reason)[:500]
    if not words:
        raise Refusal(field_errors={"reason": ["Hãy ghi căn cứ: danh mục tài liệu hết thời hạn, văn bản thẩm định."]})
    wanted = set(codes)
    if not 0 < len(wanted) <= MOST:
        raise Refusal(f"Hãy chọn từ 1 đến {MOST} hồ sơ.")
    rows = list(Package.objects.select_for_update(of=("self",)).filter(code__in=wanted).order_by("pk"))
    agencies = {row.agency_id for row in rows}
    if len(rows) < len(wanted) or len(agencies) != 1:
        raise Refusal("Có hồ sơ không tìm thấy trong lưu trữ của một cơ quan.", status=404)
    must_keep(by, rows[0].agency_id)
    assert by.account_id is not None  # only accounts hold posts
    refused = [f"{row.code}: {why}" for row in rows if (why := against(row, at))]
    on_lists = DestructionLine.objects.filter(package__in=rows, is_pending=True)
    elsewhere = on_lists.order_by("package_id").values_list("package__code", flat=True)
    refused += [f"{code}: đang có trong một danh sách chờ duyệt." for code in elsewhere]
    if refused:
        raise Refusal(refused)
    listed = Destruction.objects.create(
        agency_id=rows[0].agency_id,
        reason=words,
        proposed_by_id=by.account_id,
        proposed_by_name=by.name,
        proposed_at=at,
    )
    DestructionLine.objects.bulk_create(DestructionLine(destruction=listed, package=row) for row in rows)
    _record(listed, "propose_destruction", by, at, {"codes": [row.code for row in rows], "reason": words})
    return listed


@transaction.atomic
def approve(pk: int, *, by: Actor, at: datetime) -> Destruction:
    """Decide a list and carry it out: each package that still may be destroyed is, with its dossier and files.

    Only by another person than the one who proposed it, nor in that person's place. What has been held meanwhile, or
    has parts still kept, is spared and the list says why.
    """
    listed = _open(pk, by)
    if listed.proposed_by_id == by.account_id or any(post.instead_of_id == listed.proposed_by_id for post in by.posts):
        raise Refusal("Người lập danh sách không tự duyệt; phải có người thứ hai.", status=403)
    lines = listed.lines.select_related("package").order_by("package_id")
    packages = Package.objects.select_for_update(of=("self",)).in_bulk([line.package_id for line in lines])
    for line in lines:
        _carry_out(line, packages[line.package_id], by, at)
    listed.decided_by_id, listed.decided_by_name, listed.approved_at = by.account_id, by.name, at
    listed.save(update_fields=["decided_by", "decided_by_name", "approved_at"])
    _record(listed, "approve_destruction", by, at, {"destroyed": sum(1 for line in lines if line.destroyed_at)})
    transaction.on_commit(remove_bytes)
    return listed


@transaction.atomic
def drop(pk: int, *, reason: str, by: Actor, at: datetime) -> Destruction:
    """Decide against a list, or take back one's own: everything on it stays."""
    words = clean_line(reason)[:500]
    if not words:
        raise Refusal(field_errors={"drop_reason": ["Hãy ghi lý do không hủy."]})
    listed = _open(pk, by)
    listed.decided_by_name, listed.dropped_at, listed.drop_reason = by.name, at, words
    listed.save(update_fields=["decided_by_name", "dropped_at", "drop_reason"])
    listed.lines.update(is_pending=False)
    _record(listed, "drop_destruction", by, at, {"reason": words})
    return listed


def remove_bytes() -> int:
    """Remove from the vault the bytes of packages whose destruction was decided; answers how many. Safe to repeat."""
    removed = 0
    for package in Package.objects.filter(destroyed_at__isnull=False, key__isnull=False).order_by("pk"):
        vault().delete(package.key or "")
        removed += Package.objects.filter(pk=package.pk).update(key=None)
    return removed


def against(package: Package, at: datetime) -> str:
    """Why a package may not be destroyed, in words; '' when it may."""
    if package.destroyed_at is not None:
        return "đã hủy."
    if not package.term_confirmed:
        return "thời hạn lưu trữ chưa được xác nhận."
    if not is_over(package.ends_on, localtime(at).date()):
        end = f"đến hết ngày {package.ends_on:%d/%m/%Y}" if package.ends_on else "vĩnh viễn"
        return f"còn phải lưu {end}."
    hold = package.holds.filter(lifted_at__isnull=True).first()
    if hold is not None:
        return f"đang được giữ lại: {hold.reason}"
    if package.dossier is not None and package.dossier.children.exists():
        return "hồ sơ thành phần liên thông vẫn còn lưu."
    return ""


def _carry_out(line: DestructionLine, package: Package, by: Actor, at: datetime) -> None:
    """One package of an approved list: gone, or spared for a reason."""
    line.is_pending = False
    line.spared = against(package, at)[:300]
    if not line.spared:
        try:
            _destroy(line, package, by, at)
        except ProtectedError:
            line.spared = "còn dữ liệu khác phải giữ gắn với hồ sơ này."
    line.save(update_fields=["is_pending", "spared", "digests", "destroyed_at"])


def _destroy(line: DestructionLine, package: Package, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        digests = {"package": package.sha256, "manifest": package.manifest_sha256, **_parts(package)}
        dossier = package.dossier
        package.dossier, package.destroyed_at = None, at
        package.save(update_fields=["dossier", "destroyed_at"])
        if dossier is not None:
            erase(dossier, by=by, at=at)
        body = {"list": line.destruction_id, "sha256": package.sha256, "manifest": package.manifest_sha256}
        record(subject=package.subject, verb="destroy", by=by, at=at, body=body)
        line.digests, line.destroyed_at = digests, at


def _parts(package: Package) -> dict[str, str]:
    """SHA-256 of each part, from the package's own manifest; a word instead where it cannot be read any more."""
    try:
        with vault().open(package.key or "") as stored, zipfile.ZipFile(stored) as archive:
            lines = archive.read(f"{package.code}/{MANIFEST}").decode().splitlines()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return {"unreadable": package.fault or "không đọc được danh mục của gói"}
    return {path: digest for digest, path in (one.split("  ", 1) for one in lines)}


def _open(pk: int, by: Actor) -> Destruction:
    """The list, locked, if it still waits and this person may decide about the archive it belongs to."""
    listed = Destruction.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if listed is None or not may_decide(by, listed.agency_id):
        raise Refusal("Không tìm thấy danh sách này.", status=404)
    if not listed.is_open:
        raise Refusal("Danh sách này đã được quyết định.", status=409)
    return listed


def _record(listed: Destruction, verb: str, by: Actor, at: datetime, body: dict[str, Any]) -> None:
    role = next((post.role for post in by.posts if post.role in (Role.ARCHIVIST, Role.LEADER)), None)
    record(subject=("destruction", str(listed.pk)), verb=verb, by=by, at=at, body=body, role=role)
