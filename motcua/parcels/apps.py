from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    """The room of the post: envelopes, hand-over lists, lost-dossier cases."""

    name = "motcua.parcels"
    label = "parcels"
    default_auto_field = "django.db.models.BigAutoField"
