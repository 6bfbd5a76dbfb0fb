"""Routes of the citizens' face, a module for each subject."""

from __future__ import annotations

from django.urls import URLPattern

from motcua.portal.routes import filing, profile

app_name = "portal"

urlpatterns: list[URLPattern] = [*filing.urlpatterns, *profile.urlpatterns]
