"""The leader's verbs: approve, or send back for amendment (HY-30, HY-31)."""

from __future__ import annotations

from datetime import datetime

from motcua.agencies.models import PostHeld, StandInKind
from motcua.base.errors import Refusal
from motcua.dossiers.actions import officers
from motcua.dossiers.actions.gate import passing
from motcua.dossiers.facts import route_of
from motcua.dossiers.models import Dossier, Result
from motcua.rules.acts import Act, State, StepKind
from motcua.rules.people import Actor, Role
from motcua.rules.route import last_examining
from motcua.rules.text import clean_text


def approve(code: str, *, note: str = "", by: Actor, at: datetime) -> Dossier:
    """Approve the drafted result; the last approving step of the route is the one whose name stands on the paper."""
    with passing(Act.APPROVE, code, by=by, at=at) as passage:
        if passage.facts.next_kind != StepKind.APPROVE:
            result = passage.dossier.result
            result.approved_by_id = by.account_id
            result.approved_by_name = passage.by.name
            result.approved_title = title_of(passage.dossier, by, at)
            result.approved_at = at
            result.save()
        passage.note = clean_text(note)
        passage.is_public = False
    return passage.dossier


def send_back(code: str, *, reason: str, by: Actor, at: datetime) -> Dossier:
    """Return the draft to whoever examined it last, saying what must change (HY-30)."""
    cleaned = clean_text(reason)
    if not cleaned:
        raise Refusal("Chưa ghi lý do trả lại.", field_errors={"reason": ["Hãy nói rõ cần sửa gì."]})
    with passing(Act.SEND_BACK, code, by=by, at=at) as passage:
        dossier = passage.dossier
        station = last_examining(route_of(dossier), dossier.step_index or 0)
        last = dossier.steps.filter(index=station.index).order_by("-pk").first()
        passage.to_step = station
        passage.holder_id = officers.last_hand(last, at) if last else None
        passage.note = cleaned
        passage.is_public = False
    return passage.dossier


def title_of(dossier: Dossier, by: Actor, at: datetime) -> str:
    """The title under which somebody signs for the agency; for a stand-in the colleague's, marked as such.

    "KT." signs in a superior's place, "TUQ." by delegation (NĐ 30/2020/NĐ-CP, phụ lục I).
    """
    at_head = dossier.state == State.AWAITING_APPROVAL and dossier.step_role == Role.DIVISION_HEAD
    role = Role.DIVISION_HEAD if at_head else Role.LEADER
    here = [post for post in (*by.own_posts, *by.posts) if post.agency_id == dossier.agency_id]
    signing = next((post for post in here if post.role == role), None)
    held = PostHeld.objects.filter(account_id=by.hand(signing) or 0, agency_id=dossier.agency_id, since__lte=at)
    if signing is not None:
        held = held.filter(role=signing.role.value)
    post = held.order_by("-since", "-pk").first()
    if post is None or signing is None or signing.instead_of_id is None:
        return post.title if post else ""
    standing = post.stand_ins.filter(account_id=by.account_id or 0, since__lte=at, until__gt=at).order_by("pk").first()
    mark = "TUQ." if standing is not None and standing.kind == StandInKind.DELEGATION else "KT."
    return f"{mark} {post.title}".strip()


def take_back_signature(dossier: Dossier) -> None:
    """The draft is a draft again: what was approved has been recalled or returned before it was sealed."""
    Result.objects.filter(dossier=dossier).update(
        approved_by=None, approved_by_name="", approved_title="", approved_at=None
    )
