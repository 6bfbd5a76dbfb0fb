"""Tables of the great hall, one idea a file."""

from motcua.dossiers.models.alarms import Alarm
from motcua.dossiers.models.contents import Enclosure, Finding, SupplementRequest
from motcua.dossiers.models.crosschecks import CrossCheck
from motcua.dossiers.models.dossier import CodeSeries, Dossier
from motcua.dossiers.models.fees import FeeDue
from motcua.dossiers.models.result import Handover, Result
from motcua.dossiers.models.steps import Consultation, InternalNote, StepRun
from motcua.dossiers.models.timeline import Apology, Promise, TimelineEntry, TimerMark
from motcua.dossiers.models.work import BulkItem, BulkRun, ExportRun, SavedView

__all__ = [
    "Alarm",
    "Apology",
    "BulkItem",
    "BulkRun",
    "CodeSeries",
    "Consultation",
    "CrossCheck",
    "Dossier",
    "Enclosure",
    "ExportRun",
    "FeeDue",
    "Finding",
    "Handover",
    "InternalNote",
    "Promise",
    "Result",
    "SavedView",
    "StepRun",
    "SupplementRequest",
    "TimelineEntry",
    "TimerMark",
]
