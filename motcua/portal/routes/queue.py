"""The queue of a counter: open to anyone who stands in the hall."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal.views import queue

urlpatterns: list[URLPattern] = [
    path("quay/<int:counter>/lay-so/", queue.queue_kiosk, name="queue_kiosk"),
    path("quay/<int:counter>/goi-so/", queue.queue_screen, name="queue_screen"),
    path("phieu-so/<uuid:ticket>/", queue.queue_ticket, name="queue_ticket"),
]
