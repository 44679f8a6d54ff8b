"""The tables that no projection writes, each with its reason. A house test refuses one that stands nowhere."""

from collections.abc import Mapping

LOCAL: Mapping[str, str] = {
    # the journal
    "journal.Entry": "the facts themselves, from which every projected table follows",
    "journal.Node": "inner nodes of the tree over the entries; fsck computes them anew",
    "journal.Head": "where the journal ends; whoever holds its lock may write",
    "journal.Origin": "which nodes are trusted and how far each of them came here; differs from node to node",
    "journal.Checkpoint": "signed statements as they were given out, so that they can be shown again",
    "journal.Parked": "entries this program is too old to read; applied after the upgrade",
    "journal.Erased": "ids whose content must not come back from another node",
    "journal.Attached": "which entry names which blob, be it voided; replay makes it anew, fsck compares it",
    "journal.Gap": "which numbers of a node that was put back follow no order; replay makes it anew",
    "journal.Sent": "keys of forms already taken by this node",
    # getting in
    "staff.Credential": "a password is a secret of this node, never a fact that travels",
    "staff.KnownDevice": "tokens of browsers, secrets of this node",
    "staff.Attempt": "tries to get in; forgotten after a quarter of an hour",
    "staff.Spent": "rows of people this node showed, summed up; as facts they would bury the others",
    "staff.Draft": "what was typed when a session ended; given back once, then deleted",
    # the register
    "registry.Pair": "computed anew by ./jiahe link; what people decided about it are facts",
    # spreadsheets
    "exchange.Import": "a file that somebody brings, until it is taken over; emptied after 30 days",
    "exchange.ImportRow": "its rows and what is said of them; what comes of them are facts of the register",
    # the network
    "network.Link": "how far both sides of a line are; learnt anew with the first greeting",
    "network.Given": "which records a neighbour was told of; told once more if lost",
    "network.Wanted": "which records are asked for; told once more if lost",
    "network.Sought": "what is asked back because of gaps, until it is answered",
    "network.Quarantined": "what came and was not taken, and so is no fact here",
    "network.Bucket": "sums of leaves, to be compared with a neighbour's; summed anew if lost",
    "network.Summed": "up to which entry the buckets reach",
    "network.Witness": "checkpoints as another node signed them, so that they can be shown again",
    "network.Invitation": "codes for one node each, forgotten after a day",
    "indicators.Changed": "which sums the city was not told yet; a node told all of them once more would do no harm",
    "indicators.Told": "when nodes below told their sums; a city is told them, it records none",
    # packages
    "sessions.Session": "Django: who is signed in here now",
    "contenttypes.ContentType": "Django: names of the tables of this program",
    "auth.Permission": "Django: made by migrate and never asked; roles are data in content/",
    "auth.Group": "Django: never used; posts and roles stand in its place",
    "auth.Group_permissions": "Django: belongs to auth.Group",
    "account.EmailAddress": "django-allauth: never used; accounts are handed out, not signed up for",
    "account.EmailConfirmation": "django-allauth: never used, as EmailAddress",
    "mfa.Authenticator": "django-allauth: keys of second factors, secrets of this node",
}
"""Table ("app.Model") -> why it is not made of facts."""
