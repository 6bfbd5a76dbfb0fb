"""Tables of the great hall, one idea a file."""

from motcua.dossiers.models.contents import Enclosure, Finding, SupplementRequest
from motcua.dossiers.models.dossier import CodeSeries, Dossier
from motcua.dossiers.models.fees import FeeDue
from motcua.dossiers.models.result import Handover, Result
from motcua.dossiers.models.steps import StepRun
from motcua.dossiers.models.timeline import Promise, TimelineEntry

__all__ = [
    "CodeSeries",
    "Dossier",
    "Enclosure",
    "FeeDue",
    "Finding",
    "Handover",
    "Promise",
    "Result",
    "StepRun",
    "SupplementRequest",
    "TimelineEntry",
]
