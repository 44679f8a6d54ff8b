"""What can be wrong between nodes."""

from jiahe.basis.problem import N_, Problem


class NotBelow(Problem):
    """A node can admit only nodes of smaller areas."""

    code = "network.not_below"
    what = N_("Area {area} is not below this node.")
    why = N_("A node admits nodes of areas that lie in its own; nobody admits himself or his neighbour.")
    now = N_("Name an area inside this node's, or let the node above invite.")


class NodeUnknown(Problem):
    """No such node was admitted here."""

    code = "network.node_unknown"
    status = 404
    what = N_("There is no node {name} below this one.")
    why = N_("It was not admitted here, or by another node.")
    now = N_("See the nodes that are known here with ./jiahe node status.")


class NothingToAccept(Problem):
    """The node's journal is what was witnessed, or it was not heard since it is not."""

    code = "network.nothing_to_accept"
    status = 409
    what = N_("There is no new beginning of {name} to accept.")
    why = N_("Its journal grew out of what this node signed before, as far as it was heard.")
    now = N_("If it was put back to an earlier state, let it run and be heard first; see ./jiahe node status.")


class ChainBroken(Problem):
    """The certificates do not lead from the highest node to this one."""

    code = "network.chain_broken"
    status = 403
    what = N_("This node was not admitted.")
    why = N_("The certificates it was given do not lead from the highest node down to it.")
    now = N_("Ask the node above for a new code.")


class CodeMalformed(Problem):
    """The text is no invitation."""

    code = "network.code_malformed"
    what = N_("This is not a whole invitation.")
    why = N_("A code looks like HOST:PORT/AREA/LEVEL#XXXX-XXXX-...; a character is missing or was misread.")
    now = N_("Copy it again from where it was made, or ask for a new one.")


class CodeSpent(Problem):
    """The invitation was used, is too old, or was never given."""

    code = "network.code_spent"
    status = 409
    what = N_("This invitation is not open.")
    why = N_("It was used by another node, is past its hour, or was not made by the node that answered.")
    now = N_("Ask the node above for a new one: ./jiahe node invite. If nobody here used it, tell them so.")


class NodeUnreachable(Problem):
    """The node above does not answer."""

    code = "network.unreachable"
    status = 503
    what = N_("The node above does not answer at {place}.")
    why = N_("It is off, its port is closed, or what answers there is another one than the code was made by.")
    now = N_("See whether it runs and can be reached from here, then do this again. Nothing was used up.")


class AlreadyJoined(Problem):
    """The home has a node above it."""

    code = "network.already_joined"
    status = 409
    what = N_("This node has a node above it already: {name}.")
    why = N_("A node has one above it, or none.")
    now = N_("To begin anew, use an empty home: JIAHE_HOME=/path ./jiahe node join ...")
