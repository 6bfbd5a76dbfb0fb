from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "motcua.policy"
    label = "policy"
