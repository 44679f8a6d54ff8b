"""What was said of late stages. That they are late is the window's to tell; how far it has come, rules tell."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.conduct.rules.record import What


class Remark(models.Model):
    """One thing that was said of stage `n` of a case, for which `post` answered: what, how it was found, by whom."""

    entry = models.UUIDField(primary_key=True)
    case = models.UUIDField()
    n = models.PositiveIntegerField()
    post = models.UUIDField()
    what = models.CharField()
    how = models.CharField(blank=True)
    words = models.CharField(blank=True)
    officer = models.CharField()
    by_post = models.CharField()
    on = models.DateField()
    stamp = models.CharField()

    privacy = {
        **dict.fromkeys(
            ("entry", "case", "n", "post", "what", "how", "officer", "by_post", "on", "stamp"), Privacy.INTERNAL
        ),
        "words": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["case", "n", "what"], name="conduct_remark_stage")]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=[str(each) for each in What]), name="conduct_remark_what")
        ]
