"""Routes of the case book and of the ratings; before the acts of a dossier, whose address takes any word."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.desk.views import case_report, cases, ratings

CASES: list[URLPattern] = [
    path("vu-viec/", cases.book, name="cases"),
    path("vu-viec/xuat/", cases.export, name="cases_export"),
    path("vu-viec/<str:number>/", cases.case, name="case"),
    path("vu-viec/<str:number>/tep/<uuid:file>/", cases.file, name="case_file"),
    path("vu-viec/<str:number>/chung-cu.json", cases.evidence, name="case_evidence"),
    path("ho-so/<str:code>/ghi-nhan-vi-pham/", case_report.case_report, name="case_report"),
    path("danh-gia/", ratings.ratings, name="ratings"),
]
