from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The machines' face as a Django application."""

    name = "motcua.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
