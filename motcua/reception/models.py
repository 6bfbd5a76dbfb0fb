"""What happens at a one-stop counter before and beside a dossier: queue tickets, who is on duty, the register.

A ticket knows nothing of the person who holds it. The register knows a dossier by its code only.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.agencies.models import OneStopCounter


class ServiceGroup(models.Model):
    """What people queue for (nhóm việc): one letter on the ticket, a name on the button."""

    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="service_groups")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=120)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["counter", "letter"]
        constraints = [models.UniqueConstraint(fields=["counter", "letter"], name="group_letter_once_per_counter")]

    def __str__(self) -> str:
        return f"{self.letter} · {self.name}"


class TicketSeries(models.Model):
    """The last number given in a group on a day; counting starts anew each morning."""

    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "day"], name="one_ticket_series_per_group_and_day")]


class Ticket(models.Model):
    """One number in the queue (phiếu số thứ tự)."""

    class Standing(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        CALLED = "called", "Đã gọi"
        DONE = "done", "Đã xong"
        ABSENT = "absent", "Không đến"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="tickets")
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.WAITING)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    """First call; the wait is counted to here."""
    shown_at = models.DateTimeField(null=True, blank=True)
    """Latest call: by this the screen sorts."""
    calls = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=20, blank=True)
    """Where to go: the number of the desk ("3")."""
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["counter", "day", "taken_at", "pk"]
        indexes = [
            models.Index(fields=["counter", "day", "standing", "taken_at", "id"], name="ticket_queue"),
            models.Index(fields=["counter", "day", "-shown_at"], name="ticket_screen"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["called_by", "counter"], condition=Q(standing="called"), name="one_called_ticket_per_officer"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """As printed and called: "A007"."""
        return f"{self.group.letter}{self.number:03d}"


class Half(models.TextChoices):
    """Halves of a working day in the roster."""

    MORNING = "morning", "Sáng"
    AFTERNOON = "afternoon", "Chiều"


class Duty(models.Model):
    """An officer on duty at a counter for half a day (BD-66)."""

    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField()
    half = models.CharField(max_length=10, choices=Half)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    set_by_name = models.CharField(max_length=250)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["counter", "day", "half", "account"]
        constraints = [
            models.UniqueConstraint(fields=["counter", "day", "half", "account"], name="on_duty_once_per_half_day")
        ]


class RegisterBook(models.Model):
    """One book of the register (quyển): a counter's of one year, with the last number written into it."""

    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "year"], name="one_register_book_per_year")]


class RegisterEntry(models.Model):
    """One line of the register (Sổ theo dõi hồ sơ, Mẫu 06): which dossier has which number. What the line says is read
    from the dossier itself, so nobody writes it.
    """

    counter = models.ForeignKey(OneStopCounter, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=60, unique=True)
    """The dossier's code."""
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["counter", "year", "number"]
        indexes = [models.Index(fields=["counter", "entered_at", "id"], name="register_by_day")]
        constraints = [models.UniqueConstraint(fields=["counter", "year", "number"], name="register_number_once")]

    @property
    def book(self) -> str:
        """Quyển số, as printed: the year's book."""
        return str(self.year)

    @property
    def number_text(self) -> str:
        """Số thứ tự, as printed: "0007"."""
        return f"{self.number:04d}"
