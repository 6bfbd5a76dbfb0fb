from django.apps import AppConfig


class EFormsConfig(AppConfig):
    name = "motcua.eforms"
    label = "eforms"
