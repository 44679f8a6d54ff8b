"""The nodes that were admitted (projected), and what this node knows of its own links (node-local)."""

from django.db import models

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.network.facts import Level


class Certificate(models.Model):
    """That a certificate was given, whether or not whoever gave it (`by`) may."""

    entry = models.UUIDField(primary_key=True)
    stamp = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    area = AreaField()
    level = models.CharField(max_length=10)
    public_key = models.CharField(max_length=64)
    link_key = models.CharField(max_length=64)
    until = models.DateField()
    by = models.CharField(max_length=40)

    privacy = dict.fromkeys(
        ("entry", "stamp", "name", "area", "level", "public_key", "link_key", "until", "by"), Privacy.OPEN
    )

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="network_certificate_name"),
            models.Index(fields=["area"], name="network_certificate_area"),
        ]

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"


class Revocation(models.Model):
    """That a node was said to be revoked after its number `last`, whether or not whoever said so may."""

    entry = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=40)
    last = models.BigIntegerField()
    by = models.CharField(max_length=40)

    privacy = dict.fromkeys(("entry", "name", "last", "by"), Privacy.OPEN)

    class Meta:
        indexes = [models.Index(fields=["name"], name="network_revocation_name")]

    def __str__(self) -> str:
        return f"{self.name} after {self.last}"


class Node(models.Model):
    """A node with its scope certificate. `last`: revoked, and the last of its numbers that is taken.

    A revocation may be heard of before the admission: then there is no key yet.
    """

    name = models.CharField(max_length=40, primary_key=True)
    area = AreaField(blank=True)
    level = models.CharField(max_length=10, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    link_key = models.CharField(max_length=64, blank=True)
    until = models.DateField(null=True)
    stamp = models.CharField(max_length=60, blank=True)
    admitted_by = models.CharField(max_length=40, blank=True)
    last = models.BigIntegerField(null=True)

    privacy = dict.fromkeys(
        ("name", "area", "level", "public_key", "link_key", "until", "stamp", "admitted_by", "last"), Privacy.OPEN
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=["", *Level]), name="network_node_level"),
        ]
        indexes = [models.Index(fields=["area"], name="network_node_area")]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """What is known of a neighbour: how far his journal is applied here (`received`) and ours there (`delivered`).

    Both are positions of the journal they speak of. `certain`: the neighbour has said so since this node started.
    What he said of himself last is in the fields from `heard_at_ms` on. `gap`: where the last gap in his numbers ends;
    another one means another journal. `sought`: up to which position our journal was looked through for gaps of which
    he may hold something. `anew`: this node was put back, and is still to ask of which of its sums he has a number.
    """

    peer = models.CharField(max_length=40, primary_key=True)
    above = models.BooleanField()
    received = models.BigIntegerField(default=0)
    delivered = models.BigIntegerField(default=0)
    heard_at_ms = models.BigIntegerField(default=0)
    head = models.BigIntegerField(default=0)
    skew_ms = models.BigIntegerField(default=0)
    version = models.CharField(max_length=20, blank=True)
    parked = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    conflicts = models.BigIntegerField(default=0)
    compared_at_ms = models.BigIntegerField(default=0)
    agreed_at_ms = models.BigIntegerField(default=0)
    digest = models.BinaryField(default=b"")
    forged = models.BigIntegerField(default=0)
    alarm = models.CharField(max_length=40, blank=True)
    alarm_at_ms = models.BigIntegerField(default=0)
    witnessed = models.BigIntegerField(default=0)
    gap = models.BigIntegerField(default=0)
    sought = models.BigIntegerField(default=0)
    anew = models.BooleanField(default=False)

    privacy = dict.fromkeys(
        (
            *("peer", "above", "received", "delivered", "heard_at_ms", "head", "skew_ms", "version"),
            *("parked", "quarantined", "conflicts", "compared_at_ms", "agreed_at_ms", "digest", "forged"),
            *("alarm", "alarm_at_ms", "witnessed", "gap", "sought", "anew"),
        ),
        Privacy.INTERNAL,
    )

    def __str__(self) -> str:
        return self.peer


class Given(models.Model):
    """A record of which a neighbour was told, at our position `at`, that it is kept in his area from now on, so that he
    asks for all that happened to it elsewhere."""

    peer = models.CharField(max_length=40)
    record = models.UUIDField()
    at = models.BigIntegerField()

    privacy = {**dict.fromkeys(("id", "peer", "at"), Privacy.INTERNAL), "record": Privacy.PERSONAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "record"], name="network_given_once")]

    def __str__(self) -> str:
        return f"{self.record} to {self.peer}"


class Wanted(models.Model):
    """A record that is kept in our area from now on, and of which `peer` has more than came so far."""

    peer = models.CharField(max_length=40)
    record = models.UUIDField()

    privacy = {**dict.fromkeys(("id", "peer"), Privacy.INTERNAL), "record": Privacy.PERSONAL}

    class Meta:
        verbose_name_plural = "wanted"
        constraints = [models.UniqueConstraint(fields=["peer", "record"], name="network_wanted_once")]

    def __str__(self) -> str:
        return f"{self.record} of {self.peer}"


class Sought(models.Model):
    """Entries of a node that was put back, `origin`, behind its number `after`: `peer`, to whom they went by way of us,
    is still to say which of them he holds."""

    peer = models.CharField(max_length=40)
    origin = models.CharField(max_length=40)
    after = models.BigIntegerField()

    privacy = dict.fromkeys(("id", "peer", "origin", "after"), Privacy.INTERNAL)

    class Meta:
        verbose_name_plural = "sought"
        constraints = [models.UniqueConstraint(fields=["peer", "origin"], name="network_sought_once")]

    def __str__(self) -> str:
        return f"{self.origin} after {self.after} of {self.peer}"


class Quarantined(models.Model):
    """What came and was not taken: an entry as it was sealed, and why. Tried again when that may have changed."""

    peer = models.CharField(max_length=40)
    origin = models.CharField(max_length=40)
    origin_seq = models.BigIntegerField()
    entry = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    problem = models.CharField(max_length=40)
    at_ms = models.BigIntegerField()
    times = models.BigIntegerField(default=1)

    privacy = {
        **dict.fromkeys(
            ("id", "peer", "origin", "origin_seq", "digest", "problem", "at_ms", "times"), Privacy.INTERNAL
        ),
        "entry": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name_plural = "quarantined"
        indexes = [models.Index(fields=["origin", "origin_seq"], name="network_quarantined_order")]

    def __str__(self) -> str:
        return f"{self.origin} {self.origin_seq}: {self.problem}"


class Bucket(models.Model):
    """How many entries happened in exactly this area in one month (UTC), and the sum of their leaves."""

    area = AreaField()
    month = models.CharField(max_length=7)
    count = models.BigIntegerField()
    sum = models.BinaryField()

    privacy = dict.fromkeys(("id", "area", "month", "count", "sum"), Privacy.INTERNAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="network_bucket_place")]

    def __str__(self) -> str:
        return f"{self.area} {self.month}: {self.count}"


class Summed(models.Model):
    """Up to which position of the journal the buckets reach."""

    upto = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(("id", "upto"), Privacy.INTERNAL)

    def __str__(self) -> str:
        return str(self.upto)


class Witness(models.Model):
    """A checkpoint of a journal that another node has co-signed: of the node below, or our own as the one above signed
    it."""

    node = models.CharField(max_length=40)
    size = models.BigIntegerField()
    note = models.TextField()
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("id", "node", "size", "note", "at_ms"), Privacy.OPEN)

    class Meta:
        verbose_name_plural = "witnesses"
        constraints = [models.UniqueConstraint(fields=["node", "size", "at_ms"], name="network_witness_once")]

    def __str__(self) -> str:
        return f"{self.node} {self.size}"


class Acceptance(models.Model):
    """That a node said (`by`) it takes the journal of another for a new beginning, at `at_ms`."""

    entry = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=40)
    at_ms = models.BigIntegerField()
    by = models.CharField(max_length=40)

    privacy = dict.fromkeys(("entry", "name", "at_ms", "by"), Privacy.OPEN)

    class Meta:
        indexes = [models.Index(fields=["name"], name="network_acceptance_name")]

    def __str__(self) -> str:
        return f"{self.name} by {self.by}"


class Invitation(models.Model):
    """A code that lets one node join: what it may become, and who did. Of the code itself only a digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    link_key = models.CharField(max_length=64)
    area = AreaField()
    level = models.CharField(max_length=10)
    until_ms = models.BigIntegerField()
    joined = models.CharField(max_length=40, blank=True)

    privacy = dict.fromkeys(("digest", "link_key", "area", "level", "until_ms", "joined"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["area"], name="network_invitation_area")]

    def __str__(self) -> str:
        return f"{self.level} {self.area}"
