"""What can be wrong with recording and receiving."""

from jiahe.basis.problem import N_, Problem


class NotPermitted(Problem):
    """The post may not record this kind of fact, or not in this area."""

    code = "journal.not_permitted"
    status = 403
    what = N_("Your post may not do this here.")
    why = N_("The role of the post does not include “{verb}” in area {area}.")
    now = N_("Switch to a post that may, or ask the administrator of your county.")


class NotOfThisNode(Problem):
    """The area is not one that this node serves: what it recorded there, no other node would take."""

    code = "journal.not_of_this_node"
    status = 409
    what = N_("This cannot be recorded at this node: area {area} is not one of its own.")
    why = N_("Each node speaks for its own area; what it said of another, no other node would believe.")
    now = N_("Record it at the node of that area or of the county, or let it be handed over here first.")


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


class OriginRevoked(Problem):
    """Entries came that a node made after it was revoked."""

    code = "journal.origin_revoked"
    status = 403
    what = N_("Entry {origin_seq} of node {origin} is not taken.")
    why = N_("This node was revoked before it came.")
    now = N_("Find out who sent it: the node was stolen or replaced.")


class Forked(Problem):
    """Two different entries claim the same number of one node, or the same id: its record was put back and went on."""

    code = "journal.forked"
    status = 409
    what = N_("Entry {origin_seq} of node {origin} differs from the one that is here.")
    why = N_("That node recorded this number twice, as one does that was put back to an earlier state, or rewritten.")
    now = N_("If it was restored: put its backup back once more, and ./jiahe node resume there. If not, revoke it.")


class EntryMissing(Problem):
    """An entry came whose predecessor of the same node was not taken."""

    code = "journal.entry_missing"
    status = 409
    what = N_("Entry {origin_seq} of node {origin} waits.")
    why = N_("The one before it did not come, or was refused.")
    now = N_("Mend what is wrong with the one before; this one is then taken by itself.")


class PutBack(Problem):
    """This node was restored from a backup: others hold later entries of its own."""

    code = "journal.put_back"
    status = 503
    what = N_("Nothing can be recorded here yet.")
    why = N_("This node was put back to an earlier state: {number} of its own entries are still with other nodes.")
    now = N_("They come by themselves. Reading works meanwhile. If this stays, see ./jiahe node resume.")


class HeldElsewhere(Problem):
    """The record lies on the desk of another node."""

    code = "journal.held_elsewhere"
    status = 409
    what = N_("This is decided by the node of {area}, not here.")
    why = N_("One record is on one desk. Two offices that decide apart could not both be followed.")
    now = N_("Ask that office to decide it or to hand it over; the hand-over arrives here by itself.")


class SealBroken(Problem):
    """A received entry is not what its origin signed."""

    code = "journal.seal_broken"
    status = 422
    what = N_("Entry {origin_seq} of node {origin} was refused.")
    why = N_("Its seal does not fit its content, or it is outside the area of that node.")
    now = N_("Ask that node to check its journal (fsck) and to send again.")


class NotApplicable(Problem):
    """A received entry is what its origin signed, and the tables of this node cannot take it."""

    code = "journal.not_applicable"
    status = 422
    what = N_("Entry {origin_seq} of node {origin} was not taken.")
    why = N_("What it says cannot be written into the tables of this node.")
    now = N_("It is kept and tried again. Bring this node up to date; if that does not help, tell whoever runs it.")


class BlobMissing(Problem):
    """No file of this name is in the store."""

    code = "journal.blob_missing"
    status = 404
    what = N_("This attachment is not here.")
    why = N_("It was erased, or its file is gone from this node.")
    now = N_("If nobody erased it, tell whoever runs this node: it may be in a backup.")


class BlobDamaged(Problem):
    """The file cannot be read, cannot be decrypted, or says something else than what was kept."""

    code = "journal.blob_damaged"
    status = 503
    what = N_("This attachment cannot be shown.")
    why = N_("Its file on this node is damaged; what it says now is not what was kept.")
    now = N_("Tell whoever runs this node to bring it back from a backup. If you have the paper, attach it again.")


class AttachmentEmpty(Problem):
    """Nothing in it."""

    code = "journal.attachment_empty"
    what = N_("The attached file is empty.")
    why = N_("There is not one byte in it; perhaps it was not saved or sent completely.")
    now = N_("Choose it again, or photograph the paper again.")


class AttachmentTooLarge(Problem):
    """Larger than any photograph of a paper has to be."""

    code = "journal.attachment_too_large"
    status = 413
    what = N_("The attached file is larger than {most} MB.")
    why = N_("So much is not kept of one paper; whoever opens it over a slow line has to wait for all of it.")
    now = N_("Photograph the paper in a lower quality, or scan it with 300 dots an inch, or attach it page by page.")


class NotAttachable(Problem):
    """Neither a picture nor a PDF, whatever its name says: an office file, an archive, a page, a program."""

    code = "journal.not_attachable"
    what = N_("The attached file is neither a photograph nor a PDF, whatever its name says.")
    why = N_("Only JPEG, PNG, WebP and PDF are kept: they look the same to everybody and for years, and run nothing.")
    now = N_("Photograph or scan the paper, or open the file and print it into a PDF.")


class AttachmentOfPhone(Problem):
    """HEIF, as some telephones save photographs."""

    code = "journal.attachment_of_phone"
    what = N_("The attached photograph is in a form (HEIC or AVIF) that most computers cannot show.")
    why = N_("Whoever opens the record later must be able to see it.")
    now = N_("Save it as JPEG, or set the camera to “most compatible” and photograph the paper again.")


class AttachmentMisnamed(Problem):
    """A picture or PDF under the name of something else."""

    code = "journal.attachment_misnamed"
    what = N_("The name of the attached file ends with “.{ending}”, but it is a {type}.")
    why = N_("A file whose name says something else than its content was renamed, by mistake or to deceive.")
    now = N_("Save it anew from the program or camera it comes from, or attach the right file.")


class PictureUnreadable(Problem):
    """Cut off, damaged, moving, or of a build that browsers do not show."""

    code = "journal.picture_unreadable"
    what = N_("The attached picture cannot be read.")
    why = N_("It is cut off or damaged, moves, or is built in a way that cameras and scanners do not build pictures.")
    now = N_("Open it and save it anew as JPEG, or photograph the paper again.")


class PictureTooLarge(Problem):
    """More pixels than a browser should be asked to unpack."""

    code = "journal.picture_too_large"
    what = N_("The attached picture has too many pixels: {width} × {height}.")
    why = N_(
        "At most {most} million are taken, an A3 page scanned with 600 dots an inch: to show it takes much memory."
    )
    now = N_("Save it smaller, or photograph the paper in a lower quality.")


class PdfUnreadable(Problem):
    """Cut off, damaged, or packed in a way that cannot be looked through."""

    code = "journal.pdf_unreadable"
    what = N_("The attached PDF cannot be read.")
    why = N_("It is cut off or damaged, or packed in a way in which nobody can see what it would do.")
    now = N_("Open it and print it into a new PDF, or photograph the paper.")


class PdfLocked(Problem):
    """A PDF that is encrypted, be it with an empty password."""

    code = "journal.pdf_locked"
    what = N_("The attached PDF is protected by a password or against copying.")
    why = N_("What is in it cannot be looked through, and may one day not be opened by anybody.")
    now = N_("Open it and print it into a new PDF without protection, or photograph the paper.")


class PdfActive(Problem):
    """A PDF with a program, a form that sends, an action at opening, or files inside."""

    code = "journal.pdf_active"
    what = N_("The attached PDF holds more than pages: a program, an action, or other files.")
    why = N_("Such a PDF can do something to the computer of whoever opens it. A paper needs only pages.")
    now = N_("Open it where you trust it and print it into a new PDF, or photograph the paper.")
