"""The journal's own tables. `Entry` is append-only, held by triggers; the others follow from it or are node-local."""

from django.db import models
from django.db.models import Q

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField


class Entry(models.Model):
    """One sealed fact; see `seal` for what is committed to and signed."""

    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    origin = models.CharField(max_length=40)
    origin_seq = models.BigIntegerField()
    clock = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    area = AreaField()
    officer = models.CharField(max_length=40)
    post = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    voids = models.UUIDField(null=True)
    suite = models.CharField(max_length=40)
    salt = models.BinaryField(null=True)
    content = models.BinaryField(null=True)
    commitment = models.BinaryField()
    leaf = models.BinaryField()
    signature = models.BinaryField()

    privacy = {
        **dict.fromkeys(
            ("seq", "entry_id", "origin", "origin_seq", "clock", "at_ms", "kind", "area", "officer", "post", "voids"),
            Privacy.INTERNAL,
        ),
        **dict.fromkeys(("suite", "salt", "commitment", "leaf", "signature"), Privacy.INTERNAL),
        "about": Privacy.PERSONAL,
        "content": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "origin_seq"], name="journal_entry_origin_order"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, content__isnull=True) | Q(salt__isnull=False, content__isnull=False),
                name="journal_entry_forgets_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["about", "seq"], name="journal_entry_about", condition=Q(about__isnull=False)),
            models.Index(fields=["voids"], name="journal_entry_voids", condition=Q(voids__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Node(models.Model):
    """An inner node of the tree that is kept: level 8 stands over 256 leaves, level 16 over 65,536, and so on."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    privacy = dict.fromkeys(("id", "level", "index", "hash"), Privacy.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="journal_node_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Origin(models.Model):
    """A node whose entries are taken, the greatest of its numbers that came, and the running digest of the leaves in
    the order in which they came. `via` is the neighbour they come from; `last` the last number taken of a revoked one;
    `ahead` the greatest number of our own that another node holds."""

    name = models.CharField(max_length=40, primary_key=True)
    public_key = models.BinaryField()
    area = AreaField(blank=True)
    seq = models.BigIntegerField(default=0)
    chain = models.BinaryField(default=bytes(32))
    via = models.CharField(max_length=40, blank=True)
    last = models.BigIntegerField(null=True)
    ahead = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(("name", "public_key", "area", "seq", "chain", "via", "last", "ahead"), Privacy.OPEN)

    def __str__(self) -> str:
        return self.name


class Head(models.Model):
    """The one row that says where the journal ends; who holds its lock may write."""

    size = models.BigIntegerField(default=0)
    clock = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")

    privacy = dict.fromkeys(("id", "size", "clock", "frontier"), Privacy.OPEN)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="journal_head_is_one")]

    def __str__(self) -> str:
        return f"journal of {self.size}"


class Checkpoint(models.Model):
    """A signed statement of size and root, kept as it was given out (C2SP signed note)."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    privacy = dict.fromkeys(("size", "note"), Privacy.OPEN)

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Parked(models.Model):
    """An entry in the journal that waits: for this node to know its kind, or for the redaction that emptied it."""

    seq = models.BigIntegerField(primary_key=True)

    privacy = {"seq": Privacy.INTERNAL}

    def __str__(self) -> str:
        return str(self.seq)


class Erased(models.Model):
    """An entry whose content was erased, or is to be erased the moment it comes."""

    entry_id = models.UUIDField(primary_key=True)

    privacy = {"entry_id": Privacy.INTERNAL}

    def __str__(self) -> str:
        return str(self.entry_id)


class Gap(models.Model):
    """A node said, by the entry at position `seq`, that it was put back: of its numbers greater than `after`, up to and
    with `upto`, any may be missing, and they follow no order."""

    seq = models.BigIntegerField(primary_key=True)
    origin = models.CharField(max_length=40)
    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("seq", "origin", "after", "upto", "at_ms"), Privacy.OPEN)

    class Meta:
        indexes = [models.Index(fields=["origin"], name="journal_gap_origin")]

    def __str__(self) -> str:
        return f"{self.origin} {self.after}-{self.upto}"


class Attached(models.Model):
    """An entry that can be read names a blob. It does so also when it was voided: only erasing ends it."""

    entry_id = models.UUIDField()
    name = models.CharField(max_length=64)

    privacy = {"id": Privacy.INTERNAL, "entry_id": Privacy.INTERNAL, "name": Privacy.PERSONAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "entry_id"], name="journal_attached_once")]
        indexes = [models.Index(fields=["entry_id"], name="journal_attached_entry")]

    def __str__(self) -> str:
        return f"{self.name} of {self.entry_id}"


class Sent(models.Model):
    """A form that was taken: its key, and where its sender was led. The same key again leads to the same place."""

    key = models.UUIDField(primary_key=True)
    sender = models.CharField(max_length=40)
    digest = models.BinaryField()
    location = models.CharField(max_length=500)
    at_ms = models.BigIntegerField()

    privacy = dict.fromkeys(("key", "sender", "digest", "location", "at_ms"), Privacy.INTERNAL)

    class Meta:
        indexes = [models.Index(fields=["at_ms"], name="journal_sent_at")]

    def __str__(self) -> str:
        return str(self.key)
