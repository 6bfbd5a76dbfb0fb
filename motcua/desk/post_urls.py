"""Routes of the post: for its clerks, for the counters they serve, for the operator."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.desk.views import post, post_cases, post_intake, post_lists

POST: list[URLPattern] = [
    path("buu-chinh/", post.post, name="post"),
    path("buu-chinh/tong-hop/", post.overview, name="post_overview"),
    path("buu-chinh/mang-den/", post.bring, name="post_bring"),
    path("buu-chinh/buu-gui/<str:number>/", post.parcel, name="post_parcel"),
    path("buu-chinh/buu-gui/<str:number>/anh/", post.photo, name="post_photo"),
    path("buu-chinh/buu-gui/<str:number>/phieu.pdf", post.receipt, name="post_receipt"),
    path("buu-chinh/danh-sach/", post_lists.open_new, name="post_open"),
    path("buu-chinh/danh-sach/<str:number>/", post_lists.handover_list, name="post_list"),
    path("buu-chinh/danh-sach/<str:number>/chon/", post_lists.choose, name="post_list_choose"),
    path("buu-chinh/danh-sach/<str:number>/in.pdf", post_lists.list_pdf, name="post_list_pdf"),
    path("buu-chinh/that-lac/", post_cases.cases, name="post_cases"),
    path("buu-chinh/that-lac/<str:number>/", post_cases.case, name="post_case"),
    path("buu-chinh/tiep-nhan/", post_intake.intake, name="post_intake"),
    path("buu-chinh/tiep-nhan/<str:procedure>/", post_intake.begin, name="post_intake_begin"),
    path("buu-chinh/ho-so/<uuid:key>/to-khai/<slug:step>/", post_intake.fill, name="post_intake_fill"),
    path("buu-chinh/ho-so/<uuid:key>/giay-to/", post_intake.papers, name="post_intake_papers"),
    path("buu-chinh/ho-so/<uuid:key>/nop/", post_intake.finish, name="post_intake_finish"),
    path("buu-chinh/ho-so/<uuid:key>/huy/", post_intake.discard, name="post_intake_discard"),
]
