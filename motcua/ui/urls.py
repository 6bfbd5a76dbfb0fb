"""Routes of the common room; ``config.urls`` includes them at the root."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from motcua.ui import views

app_name = "ui"
urlpatterns = [path("hien-thi/", views.display, name="display")]

if settings.DEBUG_GALLERY:
    from motcua.ui import gallery

    urlpatterns.append(path("_thu-vien/", gallery.gallery, name="gallery"))
