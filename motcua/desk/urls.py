"""Routes of the officers' face."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.desk.post_urls import POST
from motcua.desk.views import (
    acts,
    bulk,
    counter,
    dossier,
    exports,
    leader,
    once,
    papers,
    permissions,
    queue,
    register,
    roster,
    scanning,
    supplement,
    undelivered,
    views,
    worklist,
)

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", worklist.worklist, name="worklist"),
    path("ai-duoc-lam-gi/", permissions.permissions, name="permissions"),
    path("lanh-dao/", leader.leader, name="leader"),
    path("hang-loat/", bulk.runs, name="bulk_runs"),
    path("hang-loat/chon/", bulk.choose, name="bulk"),
    path("hang-loat/<uuid:key>/", bulk.run, name="bulk_run"),
    path("hang-loat/<uuid:key>/rut-lai/", bulk.undo, name="bulk_undo"),
    path("danh-sach/", views.views, name="views"),
    path("danh-sach/luu/", views.save, name="view_save"),
    path("xuat/", exports.exports, name="exports"),
    path("xuat/tao/", exports.ask, name="export"),
    path("xuat/<uuid:key>/", exports.file, name="export_file"),
    path("chua-gui-duoc/", undelivered.undelivered, name="undelivered"),
    path("goi-so/", queue.queue, name="queue"),
    path("nhom-viec/", queue.groups, name="queue_groups"),
    path("lich-truc/", roster.roster, name="roster"),
    path("so-theo-doi/", register.register, name="register"),
    path("so-theo-doi.pdf", register.register_book, name="register_book"),
    path("quay/", counter.counter, name="counter"),
    path("quay/<str:procedure>/", counter.begin, name="counter_begin"),
    path("quay/ho-so/<uuid:key>/to-khai/<slug:step>/", counter.fill, name="counter_fill"),
    path("quay/ho-so/<uuid:key>/giay-to/", counter.papers, name="counter_papers"),
    path("quay/ho-so/<uuid:key>/giay-to/<slug:requirement>/", counter.upload, name="counter_upload"),
    path("quay/ho-so/<uuid:key>/", once.once, name="counter_once"),
    path("quay/ho-so/<uuid:key>/nop/", counter.finish, name="counter_finish"),
    path("quay/ho-so/<uuid:key>/huy/", counter.discard, name="counter_discard"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/tep/<uuid:file>/", papers.file, name="file"),
    path("ho-so/<str:code>/giay/<int:paper>.pdf", papers.paper, name="paper"),
    path("ho-so/<str:code>/phieu-kiem-soat.pdf", papers.control_sheet, name="control_sheet"),
    path("ho-so/<str:code>/du-thao.pdf", papers.draft_result, name="draft_result"),
    path("ho-so/<str:code>/so-hoa/", scanning.scan, name="counter_scan"),
    path("ho-so/<str:code>/supplement/", supplement.supplement, name="supplement"),
    *POST,
    path("ho-so/<str:code>/<slug:act>/", acts.act, name="act"),
]
