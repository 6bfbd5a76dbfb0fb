"""What people tell the offices: open to anyone, with or without an account."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal.views import rate, report

urlpatterns: list[URLPattern] = [
    path("bao-vi-pham/", report.report, name="report"),
    path("bao-vi-pham/da-nhan/", report.done, name="report_done"),
    path("bao-vi-pham/theo-doi/", report.follow, name="report_follow"),
    path("danh-gia/", rate.rate, name="rate"),
]
