from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "motcua.archive"
    label = "archive"
