"""Reading and finding: open to anyone (BD-26, KT-3)."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal.views import agencies, blank_form, guide, home, life_event, procedure, procedures, rules, worktime

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", procedure.procedure, name="procedure"),
    path("thu-tuc/<str:code>/to-khai-trang/", blank_form.blank_form, name="blank_form"),
    path("viec-trong-doi/<slug:key>/", life_event.life_event, name="life_event"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("tinh-han/", worktime.worktime, name="worktime"),
    path("quy-dinh/", rules.rules, name="rules"),
    path("huong-dan/", guide.guide, name="guide"),
]
