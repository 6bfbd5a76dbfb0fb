"""The person's own store of papers, and consent to keep things in it."""

from __future__ import annotations

from django.urls import URLPattern, path

from motcua.portal.views import consent, vault

urlpatterns: list[URLPattern] = [
    path("kho-giay-to/", vault.vault, name="vault"),
    path("kho-giay-to/them/", vault.vault_add, name="vault_add"),
    path("kho-giay-to/<uuid:paper>/", vault.vault_paper, name="vault_paper"),
    path("kho-giay-to/<uuid:paper>/tep/", vault.vault_file, name="vault_file"),
    path("kho-giay-to/<uuid:paper>/bo/", vault.vault_remove, name="vault_remove"),
    path("tai-khoan/dong-y/<slug:purpose>/", consent.consent, name="consent"),
    path("tai-khoan/da-giu/", consent.kept, name="kept_answers"),
]
