"""Routes of the archive."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.desk.views import archive

ARCHIVE: list[URLPattern] = [
    path("luu-tru/", archive.archive, name="archive"),
    path("luu-tru/lap-danh-sach-huy/", archive.propose, name="archive_propose"),
    path("luu-tru/huy/", archive.lists, name="archive_lists"),
    path("luu-tru/huy/<int:listed>/", archive.listed, name="archive_list"),
    path("luu-tru/ho-so/<str:code>/", archive.item, name="archive_item"),
    path("luu-tru/ho-so/<str:code>/goi.zip", archive.package, name="archive_package"),
    path("luu-tru/ho-so/<str:code>/giu-lai/", archive.hold, name="archive_hold"),
    path("luu-tru/ho-so/<str:code>/thoi-han/", archive.term, name="archive_term"),
]
