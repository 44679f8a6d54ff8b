"""People, and what is said of them beside."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.registry.facts import Certainty, ContactBy, Field, IdentityKind, NameKind, Relation, Sex
from jiahe.registry.models.columns import KeyField, Named, one_of


class Person(Named):
    """A registered person as the register knows him now.

    `area` is where he lives, if he lives in this register; `home` is where his record is kept: the area of his last
    residence, also after he moved away or died. `entry` and `stamp` are those of his registration; `start_area` and
    `start_on` the residence it named. `household` is the one he belongs to now, with his `relation` to its head.
    `merged_into` is the record his was merged into: then he lives nowhere and belongs to none under this one.
    Tails are numbers read backwards, so that a number's ending is a key's beginning; null where there is no number, for
    that is what lets both databases use an index of the others.
    """

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField()
    stamp = models.CharField()
    sex = models.CharField()
    birth_on = models.DateField()
    certainty = models.CharField(default=Certainty.DAY.value)
    died_on = models.DateField(null=True)
    identity_kind = models.CharField(blank=True)
    identity_number = models.CharField(blank=True)
    identity_tail = KeyField(null=True)
    phone = models.CharField(blank=True)
    phone_tail = KeyField(null=True)
    mother = models.UUIDField(null=True)
    father = models.UUIDField(null=True)
    registered_area = models.CharField(blank=True, default="")
    language = models.CharField(blank=True, default="")
    contact_by = models.CharField(blank=True, default="")
    not_at_home = models.BooleanField(default=False)
    household = models.UUIDField(null=True)
    relation = models.CharField(blank=True, default="")
    merged_into = models.UUIDField(null=True)
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
        "certainty": Privacy.PERSONAL,
        "died_on": Privacy.PERSONAL,
        "identity_kind": Privacy.IDENTITY,
        "identity_number": Privacy.IDENTITY,
        "identity_tail": Privacy.IDENTITY,
        "phone": Privacy.CONTACT,
        "phone_tail": Privacy.CONTACT,
        "mother": Privacy.PERSONAL,
        "father": Privacy.PERSONAL,
        "registered_area": Privacy.PERSONAL,
        "language": Privacy.PERSONAL,
        "contact_by": Privacy.CONTACT,
        "not_at_home": Privacy.CONTACT,
        "household": Privacy.PERSONAL,
        "relation": Privacy.PERSONAL,
        "merged_into": Privacy.INTERNAL,
        "start_area": Privacy.PERSONAL,
        "start_on": Privacy.PERSONAL,
        "area": Privacy.PERSONAL,
        "home": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["home", "pinyin"], name="registry_person_home_pinyin"),
            models.Index(fields=["name_key", "home"], name="registry_person_name"),
            models.Index(fields=["home", "name_key"], name="registry_person_home_name"),
            models.Index(
                fields=["birth_on", "home", "name_key", "given_key", "pinyin", "initials"], name="registry_person_birth"
            ),
            models.Index(
                fields=["identity_number", "home"],
                name="registry_person_number",
                condition=Q(identity_tail__isnull=False),
            ),
            models.Index(fields=["given_key", "home"], name="registry_person_given"),
            models.Index(fields=["pinyin", "home"], name="registry_person_pinyin"),
            models.Index(fields=["initials", "home"], name="registry_person_initials"),
            models.Index(
                fields=["identity_tail", "home"],
                name="registry_person_identity",
                condition=Q(identity_tail__isnull=False),
            ),
            models.Index(
                fields=["phone_tail", "home"], name="registry_person_phone", condition=Q(phone_tail__isnull=False)
            ),
            models.Index(fields=["mother"], name="registry_person_mother", condition=Q(mother__isnull=False)),
            models.Index(fields=["father"], name="registry_person_father", condition=Q(father__isnull=False)),
            models.Index(fields=["household"], name="registry_person_household", condition=Q(household__isnull=False)),
            models.Index(fields=["merged_into"], name="registry_person_merged", condition=Q(merged_into__isnull=False)),
        ]
        constraints = [
            one_of("sex", Sex, "registry_person_sex"),
            one_of("certainty", Certainty, "registry_person_certainty"),
            one_of("identity_kind", ["", *IdentityKind], "registry_person_identity_kind"),
            one_of("contact_by", ["", *ContactBy], "registry_person_contact_by"),
            one_of("relation", ["", *Relation], "registry_person_relation"),
        ]


class PersonName(Named):
    """Any other name of a person: former, alias, in another script. `entry` is the fact it comes from; `added`: by
    a fact of its own, not by registration or correction."""

    pk = models.CompositePrimaryKey("entry", "kind", "full")
    entry = models.UUIDField()
    person = models.UUIDField()
    kind = models.CharField()
    added = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    privacy = {
        **Named.privacy,
        "entry": Privacy.INTERNAL,
        "added": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        "kind": Privacy.PERSONAL,
        "since": Privacy.PERSONAL,
        "until": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_name_person"),
            models.Index(fields=["name_key"], name="registry_name_name"),
            models.Index(fields=["given_key"], name="registry_name_given"),
            models.Index(fields=["pinyin"], name="registry_name_pinyin"),
            models.Index(fields=["initials"], name="registry_name_initials"),
        ]
        constraints = [one_of("kind", NameKind, "registry_name_kind")]


class PersonDocument(models.Model):
    """A document beside the main one. `entry` is the fact that added it."""

    entry = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    kind = models.CharField()
    number = models.CharField()
    tail = KeyField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    privacy = {
        "entry": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        **dict.fromkeys(("kind", "number", "tail", "since", "until"), Privacy.IDENTITY),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_document_person"),
            models.Index(fields=["tail"], name="registry_document_tail"),
        ]
        constraints = [one_of("kind", IdentityKind, "registry_document_kind")]


class PersonPhone(models.Model):
    """A phone beside the main one; `whose` it is, in words. `entry` is the fact that added it."""

    entry = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    number = models.CharField()
    tail = KeyField()
    whose = models.CharField(blank=True)

    privacy = {
        "entry": Privacy.INTERNAL,
        "person": Privacy.INTERNAL,
        **dict.fromkeys(("number", "tail", "whose"), Privacy.CONTACT),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_phone_person"),
            models.Index(fields=["tail"], name="registry_phone_tail"),
        ]


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
        constraints = [one_of("field", Field, "registry_value_field")]
