"""Writes of the catalogue: publishing, offering, importing, settling defects."""

from motcua.procedures.actions.answer_for import check_information, remind
from motcua.procedures.actions.imports import Report, import_lines
from motcua.procedures.actions.offer import offer
from motcua.procedures.actions.publish import publish
from motcua.procedures.actions.resolve import resolve
from motcua.procedures.actions.suspicions import KINDS as DEFECT_KINDS

__all__ = ["DEFECT_KINDS", "Report", "check_information", "import_lines", "offer", "publish", "remind", "resolve"]
