"""What stands in the way of somebody who comes without an account: with a receipt, or to complain."""

from jiahe.basis.problem import N_, Problem


class NumberMistyped(Problem):
    """No receipt has such a number."""

    code = "window.number_mistyped"
    what = N_("This is no receipt number.")
    why = N_("A receipt number has 14 digits, and the last one shows whether the others were typed rightly.")
    now = N_("Compare it with your receipt, digit by digit.")
    field = "number"


class TooManyVisits(Problem):
    """This address must wait."""

    code = "window.too_many_visits"
    status = 429
    what = N_("Too many tries from here.")
    why = N_("Receipts are protected from being guessed, and offices from being flooded. No receipt is blocked by it.")
    now = N_("Wait {minutes} minutes and try again, or come to the window in person.")


class OnlyAtTheWindow(Problem):
    """A visitor can only complain here."""

    code = "window.only_at_the_window"
    status = 403
    what = N_("This is not received here.")
    why = N_("Without an account one can complain and appeal; who asks for something else shows his documents.")
    now = N_("Come to the window of the township where you live, or to the county's.")


class ComplainAtCounty(Problem):
    """No office here examines complaints."""

    code = "window.complain_at_county"
    status = 404
    what = N_("Complaints are not received on this page.")
    why = N_("They are examined by the county that you complain about; this page is not a county's.")
    now = N_("Open the page of your county, or go to any of its windows.")


class RatedYourself(Problem):
    """Somebody else calls back."""

    code = "window.rated_yourself"
    status = 403
    what = N_("Another officer calls back.")
    why = N_("You had a part in this case, so you do not learn who rated it.")
    now = N_("Whoever leads the office above, and had no part in it, finds it in his list.")
