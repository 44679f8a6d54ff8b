"""Households, where they are, and who belongs to them."""

from django.db import models

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.registry.facts import HouseholdKind, Relation
from jiahe.registry.models.columns import KeyField, one_of


class Household(models.Model):
    """A household as it is now. `area` is as it was last recorded, `home` where that lies on today's map."""

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField()
    kind = models.CharField()
    formed_on = models.DateField()
    parted_from = models.UUIDField(null=True)
    area = AreaField()
    home = AreaField()
    address = models.CharField(blank=True)
    address_key = KeyField(blank=True)

    privacy = {
        **dict.fromkeys(("id", "entry"), Privacy.INTERNAL),
        **dict.fromkeys(("kind", "formed_on", "parted_from", "area", "home"), Privacy.PERSONAL),
        **dict.fromkeys(("address", "address_key"), Privacy.CONTACT),
    }

    class Meta:
        indexes = [
            models.Index(fields=["home", "address_key", "id"], name="registry_household_list"),
            models.Index(fields=["address_key", "home"], name="registry_household_address"),
        ]
        constraints = [one_of("kind", HouseholdKind, "registry_household_kind")]


class HouseholdPlace(models.Model):
    """Where a household is from a day on: as it was formed (then `kind` says how), and each move."""

    entry = models.UUIDField(primary_key=True)
    stamp = models.CharField()
    household = models.UUIDField()
    kind = models.CharField(blank=True)
    parted_from = models.UUIDField(null=True)
    on = models.DateField()
    area = AreaField()
    address = models.CharField(blank=True)

    privacy = {
        **dict.fromkeys(("entry", "stamp", "household"), Privacy.INTERNAL),
        **dict.fromkeys(("kind", "parted_from", "on", "area"), Privacy.PERSONAL),
        "address": Privacy.CONTACT,
    }

    class Meta:
        indexes = [
            models.Index(fields=["household"], name="registry_place_household"),
            models.Index(fields=["area"], name="registry_place_area"),
        ]
        constraints = [one_of("kind", ["", *HouseholdKind], "registry_place_kind")]


class Membership(models.Model):
    """That from a day on somebody belongs to a household, or (an empty `relation`) does not any more."""

    pk = models.CompositePrimaryKey("entry", "person")
    entry = models.UUIDField()
    person = models.UUIDField()
    stamp = models.CharField()
    household = models.UUIDField()
    on = models.DateField()
    relation = models.CharField(blank=True)

    privacy = {
        **dict.fromkeys(("entry", "person", "stamp", "household"), Privacy.INTERNAL),
        **dict.fromkeys(("on", "relation"), Privacy.PERSONAL),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="registry_membership_person"),
            models.Index(fields=["household"], name="registry_membership_household"),
        ]
        constraints = [one_of("relation", ["", *Relation], "registry_membership_relation")]
