"""What happened in lives."""

from django.db import models

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.registry.facts import LifeEventKind
from jiahe.registry.models.columns import one_of


class LifeEvent(models.Model):
    """A life event that stands. `place` is where from or where to, as an area code or in words; of a marriage, who the
    spouse is if not registered. `other` is the spouse, guardian or an adoptive parent, `second` the other parent."""

    entry = models.UUIDField(primary_key=True)
    stamp = models.CharField()
    person = models.UUIDField()
    kind = models.CharField()
    on = models.DateField()
    area = AreaField()
    place = models.CharField(blank=True)
    other = models.UUIDField(null=True)
    second = models.UUIDField(null=True)

    privacy = {
        "entry": Privacy.INTERNAL,
        "stamp": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        **dict.fromkeys(("kind", "on", "area", "place", "other", "second"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_event_person"),
            models.Index(fields=["area", "on"], name="registry_event_area"),
            models.Index(fields=["on", "entry"], name="registry_event_on"),
        ]
        constraints = [one_of("kind", LifeEventKind, "registry_event_kind")]
