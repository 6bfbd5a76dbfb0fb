"""What a dossier owes and what was paid at the counter. Amounts in đồng."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class FeeDue(models.Model):
    """One fee of a dossier, computed at submission and then fixed; ``amount`` None until an officer sets it."""

    class Moment(models.TextChoices):
        BEFORE = "before", "Trước khi tiếp nhận"
        RETURN = "return", "Khi nhận kết quả"
        DURING = "during", "Trong quá trình giải quyết"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=250)
    words = models.CharField(max_length=500, blank=True)
    amount = models.PositiveBigIntegerField(null=True, blank=True)
    moment = models.CharField(max_length=8, choices=Moment, default=Moment.RETURN)
    refundable = models.BooleanField(default=True)
    basis = models.CharField(max_length=300, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_to_name = models.CharField(max_length=250, blank=True)
    receipt_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["dossier", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "position"], name="fee_position_once"),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | Q(amount__isnull=False), name="paid_fee_has_amount"
            ),
        ]
