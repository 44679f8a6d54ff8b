"""What stands in the way of explaining, judging, and appealing."""

from jiahe.basis.problem import N_, Problem


class RecordUnknown(Problem):
    """No such record, or not for this officer: the post does not cover it, or he has no part in the case."""

    code = "conduct.record_unknown"
    status = 404
    what = N_("This record cannot be opened.")
    why = N_("Nothing was late there, it lies outside your post, or you have no part in the case.")
    now = N_("Open it from the list of your post.")


class NotYourPost(Problem):
    """Somebody else's post answers for the stage."""

    code = "conduct.not_your_post"
    status = 403
    what = N_("Your post does not answer for this.")
    why = N_("Only whoever acts in the post that answers explains how it came about, or appeals.")
    now = N_("If you hold that post as well, change to it first.")


class NotYoursToJudge(Problem):
    """The officer is no superior of the post, or is concerned himself."""

    code = "conduct.not_yours_to_judge"
    status = 403
    what = N_("This is not yours to judge.")
    why = N_("A superior of the post judges; never one of that post, nor who held it then or finished the stage.")
    now = N_("Leave it to the next superior.")


class NotYoursToDecide(Problem):
    """The officer judged, is concerned, or does not stand above the judge."""

    code = "conduct.not_yours_to_decide"
    status = 403
    what = N_("This appeal is not yours to decide.")
    why = N_("A superior of the post that judged decides, above the highest the auditor; never who judged.")
    now = N_("Leave it to him; it stands in his list.")


class NobodyAnswers(Problem):
    """The stage never lay on a desk."""

    code = "conduct.nobody_answers"
    what = N_("No post can be judged for this.")
    why = N_("The stage lay on nobody's desk when it fell due, nor later.")
    now = N_("Whoever leads the office puts it on a desk; until then it is his.")


class NotHeardYet(Problem):
    """The post has not explained, and still may."""

    code = "conduct.not_heard_yet"
    what = N_("The post has not been heard yet.")
    why = N_("Nobody is found responsible unheard. The post can explain until {until}.")
    now = N_("Wait for its explanation, or until that day has passed.")


class CannotNow(Problem):
    """The record has come to another point."""

    code = "conduct.cannot_now"
    status = 409
    what = N_("This cannot be done now.")
    why = N_("It was judged, appealed or decided in the meantime, or was not yet.")
    now = N_("Open the record again to see how far it has come.")


class AppealTooLate(Problem):
    """The days for an appeal have passed."""

    code = "conduct.appeal_too_late"
    what = N_("The judgement can be appealed no more.")
    why = N_("The last day was {until}.")
    now = N_("If something new has come up, tell your superior; he can see this record.")


class WordsMissing(Problem):
    """No reason was written."""

    code = "conduct.words_missing"
    what = N_("The reasons are missing.")
    why = N_("Whoever reads this later must be able to follow it.")
    now = N_("Write them, in a sentence or two.")
    field = "words"
