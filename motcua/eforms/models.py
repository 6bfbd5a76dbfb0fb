"""Versions of form definitions, never changed once published: a dossier is judged by the version it began
with.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class EFormVersion(models.Model):
    """One published version of a form. `number` counts from 1 within `form_key` ("khai-sinh")."""

    form_key = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the canonical JSON: equal definitions have equal digests."""
    published_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["form_key", "-number"]
        constraints = [models.UniqueConstraint(fields=["form_key", "number"], name="eform_version_once")]

    def __str__(self) -> str:
        return f"{self.form_key} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises TypeError for a version already published (the database refuses it as well)."""
        if not self._state.adding:
            raise TypeError(f"{self} is published and cannot change; publish a new version")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: dossiers may still be judged by it."""
        raise TypeError(f"{self} is published and cannot be deleted")
