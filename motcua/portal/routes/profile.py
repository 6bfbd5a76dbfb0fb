"""The person's own account."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal.views import profile

urlpatterns: list[URLPattern] = [path("tai-khoan/ca-nhan/", profile.profile, name="profile")]
