"""Routes of the sandbox pages, under the name ``sandbox``."""

from __future__ import annotations

from django.urls import path

from motcua.gateways import sandbox_views as views

app_name = "sandbox"

urlpatterns = [
    path("", views.index, name="index"),
    path("thu/", views.mail, name="mail"),
    path("tin-nhan/", views.sms, name="sms"),
    path("buu-chinh/", views.carrier, name="carrier"),
    path("doi-chieu/", views.registers, name="registers"),
]
