"""E-forms: definitions, answers, and the judgement of one by the other (architecture: rules; issue 2, e-forms
runtime).
"""

from motcua.rules.eforms.asking import condition_holds
from motcua.rules.eforms.buttons import Pressed, not_yet_seen, pressed
from motcua.rules.eforms.conditions import ALWAYS, NEVER, Condition, as_json
from motcua.rules.eforms.definition import Check, Definition, DefinitionError, Field, FieldType, Option, Step
from motcua.rules.eforms.drafts import keepable
from motcua.rules.eforms.flat import merge_flat, read_flat
from motcua.rules.eforms.lookups import FixedLookups, Lookups
from motcua.rules.eforms.parse import parse_definition
from motcua.rules.eforms.prefill import Prefilled, Said, prefill, still_from_source, to_keep
from motcua.rules.eforms.printing import PrintedAnswer, PrintedStep, print_rows, print_steps
from motcua.rules.eforms.schema import diff, json_schema
from motcua.rules.eforms.validate import Outcome, validate
from motcua.rules.eforms.visible import visible, visible_steps

__all__ = [
    "ALWAYS",
    "NEVER",
    "Check",
    "Condition",
    "Definition",
    "DefinitionError",
    "Field",
    "FieldType",
    "FixedLookups",
    "Lookups",
    "Option",
    "Outcome",
    "Prefilled",
    "Pressed",
    "PrintedAnswer",
    "PrintedStep",
    "Said",
    "Step",
    "as_json",
    "condition_holds",
    "diff",
    "json_schema",
    "keepable",
    "merge_flat",
    "not_yet_seen",
    "parse_definition",
    "prefill",
    "pressed",
    "print_rows",
    "print_steps",
    "read_flat",
    "still_from_source",
    "to_keep",
    "validate",
    "visible",
    "visible_steps",
]
