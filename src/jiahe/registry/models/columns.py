"""What the register's tables have in common."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField


def one_of(column, vocabulary, name):
    """A constraint: the column holds one of these words."""
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [str(each) for each in vocabulary]}), name=name)


class KeyField(AreaField):
    """Text that is searched by its beginning; sorted by bytes on every database."""

    def __init__(self, **options):
        options.setdefault("max_length", None)
        super().__init__(**options)


class Named(models.Model):
    """A name with its search keys (`rules.keys`)."""

    full = models.CharField()
    surname = models.CharField(blank=True)
    name_key = KeyField()
    given_key = KeyField(blank=True)
    pinyin = KeyField(blank=True)
    initials = KeyField(blank=True)

    privacy = dict.fromkeys(("full", "surname", "name_key", "given_key", "pinyin", "initials"), Privacy.PERSONAL)

    class Meta:
        abstract = True
