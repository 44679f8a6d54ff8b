"""What stands in the way of a case."""

from collections.abc import Sequence

from jiahe.basis.languages import Text
from jiahe.basis.problem import N_, Problem


def listed(titles: Sequence[Text]) -> Text:
    """Several names as one.

    >>> listed([Text("Card", "證", "证"), Text("Account", "賬戶", "账户")]).in_language("zh-hant")
    '證、賬戶'
    """
    return Text(
        ", ".join(title.en for title in titles),
        "、".join(title.in_language("zh-hant") for title in titles),
        "、".join(title.in_language("zh-hans") for title in titles),
    )


class CaseUnknown(Problem):
    """No such case, or not for this officer."""

    code = "window.case_unknown"
    status = 404
    what = N_("This case cannot be opened.")
    why = N_("There is none, or it lies outside the area of your post.")
    now = N_("Look for it by its number. An applicant goes to the window that has his case; his receipt names it.")


class Recused(Problem):
    """The officer has an interest in the case."""

    code = "window.recused"
    status = 403
    what = N_("You have no part in this case.")
    why = N_("It concerns yourself, your household, somebody you declared as close to you, or your own work.")
    now = N_("It goes to the next post. Nothing of it is shown to you.")


class NotYourTurn(Problem):
    """The stage lies on another desk."""

    code = "window.not_your_turn"
    status = 409
    what = N_("This is not on your desk.")
    why = N_("Each step belongs to one post, so that somebody answers for it. A colleague may have taken it just now.")
    now = N_("Open the case again to see where it lies. Whoever leads the office may give it to your post.")


class WrongRole(Problem):
    """The step is for another role."""

    code = "window.wrong_role"
    what = N_("A post of this kind cannot have this step.")
    why = N_("The service says which role decides it, and at which level.")
    now = N_("Choose a post from the list.")
    field = "post"


class PostUnfit(Problem):
    """The post is vacant, closed or recused."""

    code = "window.post_unfit"
    what = N_("This post cannot take the case.")
    why = N_("Nobody is in it, whoever is has a part in the case, or it is where the case lies already.")
    now = N_("Choose another post.")
    field = "post"


class ApproverIsAcceptor(Problem):
    """One officer would accept and decide."""

    code = "window.approver_is_acceptor"
    status = 403
    what = N_("You cannot decide this case: you received or accepted it, or took the step before.")
    why = N_("Two people look at each case, so that nobody can favour or harm somebody alone.")
    now = N_("Pass it on; another officer decides.")


class CannotNow(Problem):
    """The case has gone on, or ended."""

    code = "window.cannot_now"
    status = 409
    what = N_("This cannot be done as the case stands.")
    why = N_("It was decided, withdrawn or closed, or a colleague did this a moment ago.")
    now = N_("Open the case again and look where it stands.")


class OutcomeClosed(Problem):
    """The step cannot come out so (any more)."""

    code = "window.outcome_closed"
    status = 409
    what = N_("The step cannot come out like this.")
    why = N_("It has no such outcome, or it was taken as often as the service allows.")
    now = N_("Choose one of the outcomes on the page.")
    field = "outcome"


class NoticeHangs(Problem):
    """A public notice is still up."""

    code = "window.notice_hangs"
    what = N_("The public notice hangs until {until}; its result can be recorded after that day.")
    why = N_("Everybody has these days to object.")
    now = N_("Come back on the next working day. The notice is taken down by itself.")


class ReasonMissing(Problem):
    """A reason is needed."""

    code = "window.reason_missing"
    what = N_("Say why.")
    why = N_("The reason is recorded under your name and told to the applicant.")
    now = N_("Write one or two plain sentences.")
    field = "reason"


class ToldBefore(Problem):
    """The applicant was told what is missing before."""

    code = "window.told_before"
    status = 409
    what = N_("The applicant was told on {on} what is missing.")
    why = N_("All that is missing is told once. Who comes a second time for one application should not be sent away.")
    now = N_("Accept the case with what is there, or decline it with your reason.")


class NothingMissing(Problem):
    """Nothing is missing."""

    code = "window.nothing_missing"
    what = N_("Nothing was chosen as missing.")
    why = N_("A notice without anything to bring keeps the applicant waiting for nothing.")
    now = N_("Mark what is missing, or accept the case.")
    field = "missing"


class DocumentsMissing(Problem):
    """Something asked for was not brought."""

    code = "window.documents_missing"
    what = N_("Not everything was brought yet: {documents}.")
    why = N_("Accepted is what is complete; the promised days begin then.")
    now = N_("Mark what was brought, or tell the applicant once what is missing.")


class DocumentUnknown(Problem):
    """The service asks for no such document."""

    code = "window.document_unknown"
    what = N_("This service asks for no such document.")
    why = N_("Nobody may ask for more than stands in its guide.")
    now = N_("Choose from the list.")
    field = "documents"


class ApplicantMissing(Problem):
    """The service is for somebody who is registered."""

    code = "window.applicant_missing"
    what = N_("Say who applies.")
    why = N_("This service is decided for one person, so it needs to know which.")
    now = N_("Find the person, or register him first.")
    field = "applicant"


class ApplicantDied(Problem):
    """The applicant is dead."""

    code = "window.applicant_died"
    what = N_("A case cannot be opened for somebody who died on {on}.")
    why = N_("By the register this person is not alive.")
    now = N_("If this is wrong, have the record corrected. Heirs apply in their own names.")
    field = "applicant"


class ApplicantAway(Problem):
    """The applicant lives elsewhere."""

    code = "window.applicant_away"
    what = N_("By the register this person has moved away.")
    why = N_("The service belongs to the county in which somebody lives or is registered.")
    now = N_("Record the move back first, or hand the applicant over to the office of the new place.")
    field = "applicant"


class ApplicantUnderAge(Problem):
    """The applicant is a child."""

    code = "window.applicant_under_age"
    what = N_("The applicant is under 18.")
    why = N_("For a child a parent or guardian applies (Civil Code, articles 19, 20 and 23).")
    now = N_("Open the case for the parent or guardian.")
    field = "applicant"


class SameCaseOpen(Problem):
    """The same was applied for already."""

    code = "window.same_case_open"
    status = 409
    what = N_("This person has applied for the same already: case {number}, not finished yet.")
    why = N_("One application is decided once.")
    now = N_("Go on with that case. If it is to be withdrawn, do that first.")


class PausedAlready(Problem):
    """The clock stands still."""

    code = "window.paused_already"
    status = 409
    what = N_("The clock stands still already.")
    why = N_("It was stopped before and nobody set it going.")
    now = N_("Set it going before you stop it for another reason.")


class PauseUnlawful(Problem):
    """The service lists no such reason, or its days are used up."""

    code = "window.pause_unlawful"
    what = N_("The clock cannot be stopped for this reason.")
    why = N_("The service does not list it, or its days are used up.")
    now = N_("Go on with the case. If more time is needed, ask whoever may extend the limit.")
    field = "reason"


class ExtendedAlready(Problem):
    """The limit was extended, or cannot be."""

    code = "window.extended_already"
    status = 409
    what = N_("The limit cannot be extended.")
    why = N_("It is extended once at most, by at most the days the service allows, by the post it names.")
    now = N_("Decide with what is there.")
    field = "days"


class ServiceElsewhere(Problem):
    """The area has no office for the service."""

    code = "window.service_elsewhere"
    what = N_("The case cannot go to this area.")
    why = N_("There is no such area in this county, or it is where the case lies already.")
    now = N_("Choose an area from the list.")
    field = "area"


class InterestKnown(Problem):
    """It was declared before."""

    code = "window.interest_known"
    status = 409
    what = N_("This was declared before.")
    why = N_("One declaration is enough; it holds until somebody else ends it.")
    now = N_("Nothing has to be done.")
    field = "person"


class NotYourself(Problem):
    """Somebody else must do it."""

    code = "window.not_yourself"
    status = 403
    what = N_("Somebody else has to do this.")
    why = N_("Nobody lifts his own recusal.")
    now = N_("Ask whoever leads your office.")


class RatingClosed(Problem):
    """It cannot be rated (any more)."""

    code = "window.rating_closed"
    status = 409
    what = N_("This case cannot be rated now.")
    why = N_("A case is rated once somebody was served, and for 30 days after it ended.")
    now = N_("If something was not right, complain: that is always open.")


class TrackingRefused(Problem):
    """Number and proof do not belong together."""

    code = "window.tracking_refused"
    what = N_("No case was found by this number together with these digits or this code.")
    why = N_(
        "Both must be right; which of them is not, is told to nobody. After ten wrong tries within a week the digits "
        "open it no more, only the code."
    )
    now = N_("Look at your receipt. The window that has your case can print a new one, with a new code.")
    field = "number"
