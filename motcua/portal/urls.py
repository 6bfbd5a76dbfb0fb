"""Routes of the citizens' face, a module for each subject."""

from __future__ import annotations

from django.urls import URLPattern

from motcua.portal.routes import catalogue, feedback, filing, profile, queue, vault

app_name = "portal"

urlpatterns: list[URLPattern] = [
    *catalogue.urlpatterns,
    *feedback.urlpatterns,
    *filing.urlpatterns,
    *profile.urlpatterns,
    *queue.urlpatterns,
    *vault.urlpatterns,
]
