"""What can be wrong with a neighbour, by the codes of `network.status`: what, why, and what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiahe.basis.problem import N_


@dataclass(frozen=True, slots=True)
class Words:
    """A trouble: what is wrong, why, and what to do now; marked with `N_`."""

    what: str
    why: str
    now: str


ABOVE: Mapping[str, Words] = {
    "rewritten": Words(
        N_("The node above refuses to witness: this node's journal was rewritten."),
        N_("What this node shows now does not contain what the node above signed before."),
        N_("If it was restored from a backup: ./jiahe node resume here, and accept there. If not, tell the auditor."),
    ),
    "rolled_back": Words(
        N_("The node above refuses to witness: this node was put back to an earlier state."),
        N_("Its journal is shorter than the one that the node above signed before, as after a restored backup."),
        N_("Wait: what is missing comes back by itself. If not within an hour, run ./jiahe fsck and tell the auditor."),
    ),
    "unsigned": Words(
        N_("The node above refuses to witness: this node's checkpoint is not signed with its key."),
        N_("The key in this node's home is another one than the certificate names."),
        N_("Bring the folder keys back from the backup. If it is lost, let this node be revoked and join anew."),
    ),
    "expired": Words(
        N_("The certificate of the node above has expired."),
        N_("From that day on nothing is carried between the two nodes."),
        N_("Ask those who run it to have it renewed by the node above it: ./jiahe node renew NAME"),
    ),
    "expiring": Words(
        N_("The certificate of the node above expires soon."),
        N_("After its last day nothing is carried between the two nodes."),
        N_("Ask those who run it to have it renewed by the node above it: ./jiahe node renew NAME"),
    ),
}
"""What is said otherwise of the node above: its alarms are about this one."""

TROUBLES: Mapping[str, Words] = {
    "put_back": Words(
        N_("This node was put back to an earlier state."),
        N_("Other nodes hold entries that were recorded here and are not here any more, as after a restored backup."),
        N_("They come back by themselves when a neighbour is heard. What nobody has: ./jiahe node resume --why ..."),
    ),
    "rewritten": Words(
        N_("Its journal was rewritten."),
        N_("What it shows now does not contain what this node signed before. Its checkpoint was not witnessed."),
        N_("If it was restored from a backup: ./jiahe node accept NAME. If not, keep its disk, and revoke it."),
    ),
    "rolled_back": Words(
        N_("It was put back to an earlier state."),
        N_("Its journal is shorter than the one this node signed before, as after a restored backup."),
        N_("Ask why. It gets back what others have of it; then witness it again: ./jiahe node accept NAME --why ..."),
    ),
    "unsigned": Words(
        N_("Its checkpoint is not signed with its key."),
        N_("Its key was replaced or damaged, or somebody else speaks for it. Its checkpoint was not witnessed."),
        N_("Ask those who run it. If its key is lost, let it join anew after ./jiahe node revoke NAME --why ..."),
    ),
    "forged": Words(
        N_("Messages came in its name that it did not sign."),
        N_("Somebody else sends in its name, or the line changes what it carries. None of them was taken."),
        N_("If the number grows, find out who is on the line. If its key may be stolen: ./jiahe node revoke NAME ..."),
    ),
    "refused": Words(
        N_("Entries that came from it were refused."),
        N_("They did not pass a check. They are kept in quarantine and tried again by themselves."),
        N_("Read under “Quarantine” on this page what is wrong with each and what to do."),
    ),
    "refused_before": Words(
        N_("Entries that came from a node that is no neighbour any more were refused."),
        N_("They did not pass a check. They are kept in quarantine and tried again by themselves."),
        N_("Read under “Quarantine” on this page what is wrong with each and what to do."),
    ),
    "differs": Words(
        N_("The two nodes do not hold the same."),
        N_("When all had arrived they compared what happened in the lower one's area, and it was not equal."),
        N_("They find the difference and mend it by themselves. If this stays for an hour, run ./jiahe fsck on both."),
    ),
    "expired": Words(
        N_("Its certificate has expired."),
        N_("From that day on nothing is carried between the two nodes."),
        N_("If it may go on, renew it here: ./jiahe node renew NAME. Otherwise: ./jiahe node revoke NAME --why ..."),
    ),
    "own_expired": Words(
        N_("This node's own certificate has expired."),
        N_("The node above takes nothing more from here."),
        N_("Ask those who run the node above to renew it: ./jiahe node renew NAME"),
    ),
    "never_heard": Words(
        N_("It was never heard."),
        N_("It was admitted, and nothing came from it since: it was not started, or has no line to here."),
        N_("Start it (./jiahe up) and see whether it reaches the address in its invitation. Meanwhile all waits."),
    ),
    "silent": Words(
        N_("It is silent."),
        N_("Every node greets its neighbours every fifteen seconds. It is off, or the line between the two is cut."),
        N_("See whether it runs and has a line. Both may go on working: what is recorded waits and goes by itself."),
    ),
    "refused_there": Words(
        N_("It has refused entries."),
        N_("Something that came to it did not pass a check. It is kept there in quarantine."),
        N_("Open the page “Network” of that node: its quarantine says what is wrong with each and what to do."),
    ),
    "skewed": Words(
        N_("Its clock and this one do not agree."),
        N_("One of the two is wrong. The order of what is recorded is kept, but deadlines are not."),
        N_("Compare both with the time of day, and set the one that is wrong."),
    ),
    "expiring": Words(
        N_("Its certificate expires soon."),
        N_("After its last day nothing is carried between the two nodes."),
        N_("Renew it here: ./jiahe node renew NAME"),
    ),
    "own_expiring": Words(
        N_("This node's own certificate expires soon."),
        N_("After its last day the node above takes nothing more from here."),
        N_("Ask those who run the node above to renew it: ./jiahe node renew NAME"),
    ),
    "other_version": Words(
        N_("It runs another version."),
        N_("Nodes may be upgraded in any order. What the older one cannot read waits there until it is upgraded."),
        N_("Upgrade the older of the two when it suits."),
    ),
}
"""By code, the gravest first."""

UNKNOWN = Words(
    N_("It gives an alarm that this version does not know."),
    N_("It runs a newer version than this node."),
    N_("Upgrade this node, and read this page again."),
)
