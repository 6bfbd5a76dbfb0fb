"""Tables of the catalogue: what procedures say, who offers them, and what agencies answer for about them."""

from motcua.procedures.models.answering import (
    InformationCheck,
    InformationReminder,
    InformationSupply,
    ServiceProposal,
)
from motcua.procedures.models.catalogue import (
    CatalogueVersion,
    Defect,
    LifeEvent,
    Method,
    Offering,
    Procedure,
    ProcedureRevision,
    Requirement,
    RevisionQuerySet,
    Sector,
    ServiceMode,
    WithheldRecord,
)
from motcua.procedures.models.ministry import (
    HandOver,
    MinistryDossier,
    MinistryReport,
    MinistryService,
    MinistrySystem,
)

__all__ = [
    "CatalogueVersion",
    "Defect",
    "HandOver",
    "InformationCheck",
    "InformationReminder",
    "InformationSupply",
    "LifeEvent",
    "Method",
    "MinistryDossier",
    "MinistryReport",
    "MinistryService",
    "MinistrySystem",
    "Offering",
    "Procedure",
    "ProcedureRevision",
    "Requirement",
    "RevisionQuerySet",
    "Sector",
    "ServiceMode",
    "ServiceProposal",
    "WithheldRecord",
]
