"""The register's tables. Only `projections.py` writes them.

The current name and its search keys stand on the person's own row: a key then costs one index entry of some twenty
bytes, a county of 1.2 million people is searched by its b-trees alone, and a list needs no join. Tables point at a
person by his id without a foreign key, for a fact may arrive before the one that registers him.
"""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.registry.facts import Field, IdentityKind, LifeEventKind, NameKind, Sex


def _one_of(column, vocabulary, name):
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


class Person(Named):
    """A registered person as the register knows him now.

    `area` is where he lives, if he lives in this register; `home` is where his record is kept: the area of his last
    residence, also after he moved away or died. `entry` and `stamp` are those of his registration; `start_area` and
    `start_on` the residence it named. Tails are numbers read backwards, so that a number's ending is a key's beginning;
    null where there is no number, for that is what lets both databases use an index of the others.
    """

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField()
    stamp = models.CharField()
    sex = models.CharField()
    birth_on = models.DateField()
    died_on = models.DateField(null=True)
    identity_kind = models.CharField(blank=True)
    identity_number = models.CharField(blank=True)
    identity_tail = KeyField(null=True)
    phone = models.CharField(blank=True)
    phone_tail = KeyField(null=True)
    mother = models.UUIDField(null=True)
    start_area = AreaField()
    start_on = models.DateField()
    area = AreaField(null=True)
    home = AreaField()

    privacy = {
        **Named.privacy,
        "id": Privacy.INTERNAL,
        "entry": Privacy.INTERNAL,
        "stamp": Privacy.INTERNAL,
        "sex": Privacy.PERSONAL,
        "birth_on": Privacy.PERSONAL,
        "died_on": Privacy.PERSONAL,
        "identity_kind": Privacy.IDENTITY,
        "identity_number": Privacy.IDENTITY,
        "identity_tail": Privacy.IDENTITY,
        "phone": Privacy.CONTACT,
        "phone_tail": Privacy.CONTACT,
        "mother": Privacy.PERSONAL,
        "start_area": Privacy.PERSONAL,
        "start_on": Privacy.PERSONAL,
        "area": Privacy.PERSONAL,
        "home": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["home", "pinyin", "id"], name="registry_person_list"),
            models.Index(fields=["name_key", "home"], name="registry_person_name"),
            models.Index(fields=["given_key", "home"], name="registry_person_given"),
            models.Index(fields=["pinyin", "home"], name="registry_person_pinyin"),
            models.Index(fields=["initials", "home"], name="registry_person_initials"),
            models.Index(
                fields=["identity_tail"], name="registry_person_identity", condition=Q(identity_tail__isnull=False)
            ),
            models.Index(fields=["phone_tail"], name="registry_person_phone", condition=Q(phone_tail__isnull=False)),
            models.Index(fields=["mother"], name="registry_person_mother", condition=Q(mother__isnull=False)),
        ]
        constraints = [
            _one_of("sex", Sex, "registry_person_sex"),
            _one_of("identity_kind", ["", *IdentityKind], "registry_person_identity_kind"),
        ]


class PersonName(Named):
    """Any other name of a person: former, alias, in another script. `entry` is the fact it comes from."""

    pk = models.CompositePrimaryKey("entry", "kind", "full")
    entry = models.UUIDField()
    person = models.UUIDField()
    kind = models.CharField()

    privacy = {
        **Named.privacy,
        "entry": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        "kind": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_name_person"),
            models.Index(fields=["name_key"], name="registry_name_name"),
            models.Index(fields=["given_key"], name="registry_name_given"),
            models.Index(fields=["pinyin"], name="registry_name_pinyin"),
            models.Index(fields=["initials"], name="registry_name_initials"),
        ]
        constraints = [_one_of("kind", NameKind, "registry_name_kind")]


class LifeEvent(models.Model):
    """A birth, death or move that stands. `place` is where from or where to, as an area code or in words."""

    entry = models.UUIDField(primary_key=True)
    stamp = models.CharField()
    person = models.UUIDField()
    kind = models.CharField()
    on = models.DateField()
    area = AreaField()
    place = models.CharField(blank=True)

    privacy = {
        "entry": Privacy.INTERNAL,
        "stamp": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        "kind": Privacy.PERSONAL,
        "on": Privacy.PERSONAL,
        "area": Privacy.PERSONAL,
        "place": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_event_person"),
            models.Index(fields=["area", "on"], name="registry_event_area"),
            models.Index(fields=["on", "entry"], name="registry_event_on"),
        ]
        constraints = [_one_of("kind", LifeEventKind, "registry_event_kind")]


class FieldValue(models.Model):
    """What a field of a person was said to be: once by his registration, and by each correction of that field.

    Only fields that were ever corrected have rows; the row with the greatest stamp holds. `unseen` is the value this
    row overwrote without its author having seen it, until somebody who saw both writes again: an open conflict.
    """

    pk = models.CompositePrimaryKey("entry", "field")
    entry = models.UUIDField()
    field = models.CharField()
    person = models.UUIDField()
    stamp = models.CharField()
    seen = models.CharField(blank=True)
    value = models.CharField(blank=True)
    unseen = models.CharField(null=True)  # noqa: DJ001 (overwriting nothing is not overwriting "")

    privacy = {
        "entry": Privacy.INTERNAL,
        "field": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        "stamp": Privacy.INTERNAL,
        "seen": Privacy.IDENTITY,
        "value": Privacy.IDENTITY,
        "unseen": Privacy.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "field"], name="registry_value_person"),
            models.Index(fields=["stamp"], name="registry_value_conflict", condition=Q(unseen__isnull=False)),
        ]
        constraints = [_one_of("field", Field, "registry_value_field")]
