"""The law as pure Python: values in, a decision out. No Django, no clock, no network."""
