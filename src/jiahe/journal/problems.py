"""What can be wrong with recording and receiving."""

from jiahe.basis.problem import N_, Problem


class NotPermitted(Problem):
    """The post may not record this kind of fact, or not in this area."""

    code = "journal.not_permitted"
    status = 403
    what = N_("Your post may not do this here.")
    why = N_("The role of the post does not include “{verb}” in area {area}.")
    now = N_("Switch to a post that may, or ask the administrator of your county.")


class NotVoidable(Problem):
    """The entry cannot be cancelled: there is none, it was cancelled or erased before, or its kind stands for good."""

    code = "journal.not_voidable"
    status = 409
    what = N_("This entry cannot be cancelled.")
    why = N_("It is not there, was cancelled or erased before, or is of a kind that stands for good.")
    now = N_("Reload the page to see how things stand now.")


class KeyReused(Problem):
    """An idempotency key came again with another content."""

    code = "journal.key_reused"
    status = 409
    what = N_("This form was sent before with other content.")
    why = N_("Each form may be sent once; the first one was taken and nothing was done twice.")
    now = N_("Open the page anew, look at what was recorded, and correct it there if needed.")


class KeyMissing(Problem):
    """A form came without its idempotency key."""

    code = "journal.key_missing"
    status = 400
    what = N_("This form cannot be taken.")
    why = N_("It came without the key that keeps it from being recorded twice.")
    now = N_("Open the page anew and send the form from there.")


class UnknownOrigin(Problem):
    """Entries came from a node that was never trusted here."""

    code = "journal.unknown_origin"
    status = 403
    what = N_("Entries of node {origin} are not taken.")
    why = N_("This node has no key of it.")
    now = N_("Join the node first.")


class SealBroken(Problem):
    """A received entry is not what its origin signed."""

    code = "journal.seal_broken"
    status = 422
    what = N_("Entry {origin_seq} of node {origin} was refused.")
    why = N_("Its seal does not fit its content, or it is outside the area of that node.")
    now = N_("Ask that node to check its journal (fsck) and to send again.")
