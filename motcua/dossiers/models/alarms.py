"""When the bells have next to look at a dossier."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.dossiers.models.dossier import Dossier


class Alarm(models.Model):
    """At which moment a dossier has next to be looked at by `actions.timers`; no row: nothing runs for it.

    Every act sets it to the moment of the act, and the look itself to the next bell, so that a walk by this index finds
    the few dossiers for which something may be due among any number.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="alarm")
    ring_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["ring_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["ring_at", "dossier"], name="alarm_next")]
