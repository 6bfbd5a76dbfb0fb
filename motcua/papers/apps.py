"""The papers room as a Django application."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Registers the room; templates for Typst and fonts lie beside this file."""

    name = "motcua.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"
