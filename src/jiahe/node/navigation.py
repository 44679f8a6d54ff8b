"""The navigation: what there is to do, in the order of a working day; each role sees what it reads."""

from jiahe.basis.problem import N_
from jiahe.node import levels
from jiahe.ui.frame import NavGroup, NavItem

NAVIGATION = (
    NavGroup("", (NavItem(N_("Board"), "indicators:board", "chart-bar", "board"),)),
    NavGroup(
        N_("Window"),
        (
            NavItem(N_("Cases"), "window:work", "clipboard", "window.cases"),
            NavItem(N_("Queue"), "window:queue", "hourglass", "window.queue"),
            NavItem(N_("The window in figures"), "window:board", "chart-line", "board"),
            NavItem(N_("Ratings"), "window:ratings", "heart", "window.lead"),
            NavItem(N_("My interests"), "window:interests", "shield-check", "window.cases"),
        ),
    ),
    NavGroup(
        N_("Conduct"),
        (
            NavItem(N_("What climbs to me"), "conduct:climbed", "alert-triangle", "conduct.climbed"),
            NavItem(N_("My lateness"), "conduct:own", "clock", "conduct.own"),
            NavItem(N_("Lateness"), "conduct:records", "list", "conduct.judge"),
            NavItem(N_("How long stages take"), "conduct:patterns", "chart-bar", "conduct.judge"),
        ),
    ),
    NavGroup(
        N_("Register"),
        (
            NavItem(N_("People"), "registry:people", "users", "registry.people"),
            NavItem(N_("Roster"), "registry:roster", "home", "registry.people"),
            NavItem(N_("Register a birth"), "registry:register_birth", "baby-carriage", "registry.register"),
            NavItem(N_("Life events"), "registry:events", "history", "registry.events"),
            NavItem(N_("Corrections to decide"), "registry:conflicts", "alert-triangle", "registry.register"),
            NavItem(N_("Likely doubles"), "registry:doubles", "switch-horizontal", "registry.steward"),
            NavItem(N_("Opened outside care"), "registry:openings", "eye", "registry.openings"),
            NavItem(N_("Registrations taken back"), "registry:taken_back", "trash", "registry.erasure"),
            NavItem(N_("Bring a list"), "exchange:imports", "upload", "exchange.import"),
            NavItem(N_("Take a list"), "exchange:roster", "download", "exchange.export"),
        ),
    ),
    NavGroup(
        N_("County"),
        (
            NavItem(N_("Areas"), "places:areas", "map-pin", "places.areas"),
            NavItem(N_("Facilities"), "places:facilities", "building", "places.facilities"),
            NavItem(N_("Posts"), "staff:posts", "id-badge", "staff.posts"),
            NavItem(N_("Officers"), "staff:officers", "users", "staff.manage"),
            NavItem(N_("Duties"), "staff:duties", "checklist", "staff.duties"),
            NavItem(N_("Rows of people"), "staff:usage", "eye", "staff.budgets"),
        ),
    ),
    NavGroup(
        N_("Proof"),
        (
            NavItem(N_("Journal"), "node:journal", "book", "journal.proofs"),
            NavItem(N_("Network"), "node:network", "map", "network"),
        ),
    ),
)


def navigation(level: str) -> tuple[NavGroup, ...]:
    """What there is to do at a node of this level."""
    return tuple(
        NavGroup(each.label, tuple(item for item in each.items if levels.has(level, item.url_name)))
        for each in NAVIGATION
    )
