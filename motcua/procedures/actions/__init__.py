"""Writes of the catalogue: publishing, offering, importing, settling defects."""

from motcua.procedures.actions.offer import offer
from motcua.procedures.actions.publish import publish

__all__ = ["offer", "publish"]
