"""Logging in through the national portal (HY-4, decision 0016)."""
