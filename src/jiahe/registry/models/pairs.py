"""Likely doubles, as the last pass over the whole register found them."""

from django.db import models
from django.db.models import F, Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField


class Pair(models.Model):
    """Two records (`left` < `right`) that are probably one person's, with what speaks for and against (words of
    `rules.linkage.Reason`, parted by spaces). `area` is the smallest in which both were kept. Computed anew by
    `./jiahe link`; what people decided about it are facts."""

    pk = models.CompositePrimaryKey("left", "right")
    left = models.UUIDField()
    right = models.UUIDField()
    probability = models.FloatField()
    reasons = models.CharField()
    area = AreaField(blank=True)

    privacy = {
        **dict.fromkeys(("left", "right", "probability"), Privacy.INTERNAL),
        **dict.fromkeys(("reasons", "area"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(F("probability").desc(), "left", "right", name="registry_pair_queue"),
            models.Index(fields=["right"], name="registry_pair_right"),
            models.Index(fields=["area"], name="registry_pair_area"),
        ]
        constraints = [models.CheckConstraint(condition=Q(left__lt=F("right")), name="registry_pair_order")]
