"""What lives on this node only: secrets and passing things, never facts."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy

PATH = 500
"""Longest address of a form of which what was typed is kept."""


class Credentials(BaseUserManager["Credential"]):
    """Finds a credential by what was typed."""

    def get_by_natural_key(self, username: str | None) -> "Credential":
        """The credential with this user name. Raises Credential.DoesNotExist."""
        return self.get(username=username)


class Credential(AbstractBaseUser):
    """What an officer logs in with on this node. A one-time password ends at `one_time_until` and must be changed."""

    username = models.CharField(max_length=40, unique=True)
    officer = models.UUIDField(unique=True)
    is_active = models.BooleanField(default=True)
    one_time_until = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = Credentials()

    privacy = {
        "id": Privacy.INTERNAL,
        "username": Privacy.INTERNAL,
        "password": Privacy.IDENTITY,
        "last_login": Privacy.INTERNAL,
        "officer": Privacy.INTERNAL,
        "is_active": Privacy.INTERNAL,
        "one_time_until": Privacy.INTERNAL,
        "demo": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(username=""), name="credential_has_a_username")]


class KnownDevice(models.Model):
    """A browser this credential has logged in from; attempts from elsewhere never slow it."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE)
    token = models.CharField(max_length=64)
    last_at = models.DateTimeField()

    privacy = {
        "id": Privacy.INTERNAL,
        "credential": Privacy.INTERNAL,
        "token": Privacy.IDENTITY,
        "last_at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "credential"], name="known_device_once")]


class Attempt(models.Model):
    """One try to get in: who was named (hashed), from which source (device or address, hashed), and whether it failed.

    `spent` is the hash of a second-factor code that was accepted, so that it is accepted once.
    """

    subject = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()
    failed = models.BooleanField(default=True)
    spent = models.CharField(max_length=64, default="")

    privacy = {
        "id": Privacy.INTERNAL,
        "subject": Privacy.INTERNAL,
        "source": Privacy.INTERNAL,
        "address": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "failed": Privacy.INTERNAL,
        "spent": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="attempt_subject"),
            models.Index(fields=["address", "at"], name="attempt_address"),
            models.Index(fields=["at"], name="attempt_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["spent"], condition=~Q(spent=""), name="attempt_code_spent_once"),
        ]


class Draft(models.Model):
    """What an officer had typed into a form when his session ended; given back to him alone, then deleted."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE)
    path = models.CharField(max_length=PATH)
    typed = models.TextField()
    at = models.DateTimeField()

    privacy = {
        "id": Privacy.INTERNAL,
        "credential": Privacy.INTERNAL,
        "path": Privacy.SENSITIVE,
        "typed": Privacy.SENSITIVE,
        "at": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "path"], name="draft_one_per_form")]
        indexes = [models.Index(fields=["at"], name="draft_at")]


class Spent(models.Model):
    """How many rows of people an officer saw and exported in a role on a day, and how often he was stopped."""

    officer = models.UUIDField()
    on = models.DateField()
    role = models.CharField(max_length=40)
    seen = models.PositiveIntegerField(default=0)
    exported = models.PositiveIntegerField(default=0)
    stopped = models.PositiveIntegerField(default=0)

    privacy = dict.fromkeys(("id", "officer", "on", "role", "seen", "exported", "stopped"), Privacy.INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "on", "role"], name="spent_once_a_day")]
        indexes = [models.Index(fields=["on"], name="spent_on")]
