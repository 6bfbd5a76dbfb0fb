"""Tables of the audit room: events that are only ever added, and what makes a change to them visible.

Each subject (a dossier, an account, an agency …) has its own chain of events, so that no lock is shared by
the whole province. Three seals, all keyed with `settings.AUDIT_KEY`, which the database never sees, answer
three questions: was this event written by us (`Event.seal`), is this the last event of its chain
(`ChainHead.seal`), and are these all the chains there are (`Tally.seal`). `Anchor` repeats the answer once an
hour over everything, for a copy elsewhere.
"""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something done to a subject, or a reading of it. Rows are never changed or removed (a trigger)."""

    id = models.BigAutoField(primary_key=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=250)
    role = models.CharField(max_length=30)
    verb = models.CharField(max_length=60)
    body = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "seq"], name="audit_event_one_per_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}/{self.subject_id} #{self.seq} {self.verb}"


class ChainHead(models.Model):
    """The end of one subject's chain; its row lock is what puts the events of a subject in order."""

    pk = models.CompositePrimaryKey("subject_kind", "subject_id")
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=80)
    seq = models.PositiveIntegerField(default=0)
    digest = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.subject_kind}/{self.subject_id} #{self.seq}"


class Tally(models.Model):
    """How many chains exist in one of 256 stripes, and the sum of their names' digests.

    A subject's stripe is the first byte of the SHA-256 of its name. Only a chain's first event touches its
    stripe, hence births of chains hardly ever wait for one another.
    """

    stripe = models.SmallIntegerField(primary_key=True)
    chains = models.BigIntegerField(default=0)
    sum = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"stripe {self.stripe}: {self.chains}"


class Anchor(models.Model):
    """A signed Merkle root over the events (`after_id`, `last_id`], chained to the anchor before it."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    after_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    events = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"anchor {self.number}: {self.events} events up to {self.last_id}"
