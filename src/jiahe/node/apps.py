"""Starting a node: the journal is told whose it is and what follows from each fact."""

from django.apps import AppConfig


class NodeConfig(AppConfig):
    """The last of the installed apps, so that all rooms are there."""

    name = "jiahe.node"

    def ready(self) -> None:
        """Connect the wirings."""
        from jiahe.journal.wiring import connect
        from jiahe.network import wiring as network
        from jiahe.node import carrying
        from jiahe.node.wiring import wiring

        connect(wiring())
        network.connect(carrying.wiring())
