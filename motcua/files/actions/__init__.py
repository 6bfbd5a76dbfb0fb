"""Keeping files, scanning those that wait, removing what nobody owns; and the vault (`actions.vault`)."""

from motcua.files.actions.scan import scan_waiting
from motcua.files.actions.store import claim, release, store
from motcua.files.actions.sweep import sweep

__all__ = ["claim", "release", "scan_waiting", "store", "sweep"]
