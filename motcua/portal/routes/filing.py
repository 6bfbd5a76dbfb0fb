"""Filing a dossier and following it."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal import units
from motcua.portal.views import (
    dossier,
    dossiers,
    fill,
    inbox,
    lookup,
    ministry,
    papers,
    parcels,
    receive,
    review,
    start,
    supplement,
    verify,
)

urlpatterns: list[URLPattern] = [
    path("nop-ho-so/<str:code>/", start.start, name="start"),
    path("nop-o-bo-nganh/<str:code>/", ministry.ministry_start, name="ministry_start"),
    path("ho-so-nhap/<uuid:key>/", fill.resume, name="draft"),
    path("ho-so-nhap/<uuid:key>/to-khai/<slug:step>/", fill.fill, name="fill"),
    path("ho-so-nhap/<uuid:key>/luu/<slug:step>/", fill.autosave, name="autosave"),
    path("ho-so-nhap/<uuid:key>/giay-to/", papers.papers, name="papers"),
    path("ho-so-nhap/<uuid:key>/giay-to/<slug:requirement>/", papers.upload, name="upload"),
    path("ho-so-nhap/<uuid:key>/nhan-ket-qua/", receive.receive, name="receive"),
    path("ho-so-nhap/<uuid:key>/kiem-tra/", review.review, name="review"),
    path("ho-so-nhap/<uuid:key>/xoa/", fill.discard, name="discard"),
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/bien-nhan/", dossier.receipt, name="receipt"),
    path("ho-so/<str:code>/to-khai/", dossier.answers, name="answers"),
    path("ho-so/<str:code>/buu-gui/", parcels.parcels, name="parcels"),
    path("ho-so/<str:code>/rut/", dossier.withdraw, name="withdraw"),
    path("ho-so/<str:code>/giay/<int:paper>/", dossier.paper, name="paper"),
    path("ho-so/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/<str:code>/bo-sung/<slug:requirement>/", supplement.upload, name="supplement_upload"),
    path("tep/<uuid:file>/", papers.file, name="file"),
    path("hop-thu/", inbox.inbox, name="inbox"),
    path("hop-thu/<uuid:message>/", inbox.message, name="message"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("tra-cuu/ma/", lookup.code, name="lookup_code"),
    path("kiem-tra/", verify.verify, name="verify_paper"),
    path("kiem-tra/<str:token>", verify.verify, name="verify_token"),
    path("dia-chi/<str:parent>/", units.units_below, name="units"),
]
