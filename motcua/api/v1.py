"""Version 1 of the API face."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(title="Một Cửa", version="1", urls_namespace="api")
