"""What can stand in the way of the demo."""

from jiahe.basis.problem import N_, Problem


class HalfLoaded(Problem):
    """The home holds officers but no demo accounts."""

    code = "demo.half_loaded"
    status = 409
    what = N_("This node holds officers, but not a whole demo county.")
    why = N_("Either loading the demo was cut short, or this is not a demo.")
    now = N_("If nothing in it is needed: ./jiahe demo reset, then ./jiahe demo. Or choose another JIAHE_HOME.")


class NotADemo(Problem):
    """Synthetic people must not come among real ones."""

    code = "demo.not_a_demo"
    status = 409
    what = N_("This node is not a demo.")
    why = N_("Synthetic people go only into a node that says so on every page, and only such a node is thrown away.")
    now = N_("Choose an empty JIAHE_HOME: ./jiahe demo makes a demo of it.")
