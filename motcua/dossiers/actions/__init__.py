"""The verbs of the great hall; each goes through `gate`."""
