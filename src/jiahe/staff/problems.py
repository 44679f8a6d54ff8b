"""What can stand in the way in the staff room."""

from jiahe.basis.problem import N_, Problem


class NoPost(Problem):
    """Signed in, but nothing to act as."""

    code = "staff.no_post"
    status = 403
    what = N_("You hold no post at present.")
    why = N_("What somebody may see and do here comes from a post. Yours has ended, or has not begun.")
    now = N_("Ask your administrator to hand you your post.")


class PostChanged(Problem):
    """A form was filled as one post and sent as another."""

    code = "staff.post_changed"
    status = 409
    what = N_("This form was opened as another post than the one you act as now.")
    why = N_("You changed your post in another window. What is recorded bears the post, so nothing was recorded.")
    now = N_("Choose below as what you want to send it. What you typed is kept.")


class NoSuchPost(Problem):
    """Unknown, or outside the scope of whoever asks: the answer is the same."""

    code = "staff.no_such_post"
    status = 404
    what = N_("There is no such post in your area.")
    why = N_("The address is mistyped, or the post belongs to another area.")
    now = N_("Choose a post from the list.")


class NoAccount(Problem):
    """There is nothing to make anew."""

    code = "staff.no_account"
    status = 409
    what = N_("This officer has no account on this node.")
    why = N_("A new password can be made only for an account that is there.")
    now = N_("Open an account for the officer first.")


class NoSuchOfficer(Problem):
    """Unknown, or outside the scope of whoever asks."""

    code = "staff.no_such_officer"
    status = 404
    field = "officer"
    what = N_("There is no such officer in your area.")
    why = N_("The officer was never enrolled, or is enrolled in another area.")
    now = N_("Choose an officer from the list, or enrol the officer first.")


class NoSuchDuty(Problem):
    """Unknown, or not in scope."""

    code = "staff.no_such_duty"
    status = 404
    what = N_("There is no such duty in your area.")
    why = N_("The address is mistyped, or the duty belongs to another area.")
    now = N_("Choose a duty from the list.")


class OutsideYourArea(Problem):
    """The area given lies outside the acting post's area."""

    code = "staff.outside_your_area"
    field = "area"
    what = N_("This area is not in your charge.")
    why = N_("You may create posts and enrol officers only within the area of your own post.")
    now = N_("Choose an area within yours.")


class RoleNotHere(Problem):
    """The role cannot be held at that level of area."""

    code = "staff.role_not_here"
    field = "role"
    what = N_("A {role} cannot have a post at this kind of area.")
    why = N_("Each role belongs to certain levels: a village worker to a village, a manager to a county.")
    now = N_("Choose another area or another role.")


class NameMissing(Problem):
    """An empty or unreadable name."""

    code = "staff.name_missing"
    field = "name"
    what = N_("The name is empty or has signs that cannot be shown.")
    why = N_("Others must be able to read it wherever it stands.")
    now = N_("Write the name as it stands in the personnel file.")


class PostClosedThen(Problem):
    """The post does not exist on the day."""

    code = "staff.post_closed_then"
    field = "on"
    what = N_("The post does not exist on that day.")
    why = N_("It was created later, or has been closed.")
    now = N_("Choose a day on which the post exists.")


class AlreadyHeld(Problem):
    """Somebody holds the post on that day."""

    code = "staff.already_held"
    what = N_("{name} holds this post.")
    why = N_("A post has one holder at a time.")
    now = N_("Hand the post over instead.")


class NobodyHolds(Problem):
    """Nobody to hand over from, or to end."""

    code = "staff.nobody_holds"
    what = N_("Nobody holds this post on that day.")
    why = N_("Only a post that somebody holds can be handed over or left.")
    now = N_("Assign the post instead, or choose another day.")


class SamePerson(Problem):
    """Hand-over or deputation to the holder himself."""

    code = "staff.same_person"
    field = "officer"
    what = N_("This officer holds the post already.")
    why = N_("The successor or deputy must be somebody other than the holder.")
    now = N_("Choose somebody else.")


class NotToYourself(Problem):
    """Nobody gives himself a post."""

    code = "staff.not_to_yourself"
    field = "officer"
    what = N_("Nobody can give a post to himself.")
    why = N_("A second pair of eyes guards every grant of rights.")
    now = N_("Ask another administrator to do it.")


class LaterChangeExists(Problem):
    """The post changed hands on or after that day already."""

    code = "staff.later_change_exists"
    field = "on"
    what = N_("The post has already changed hands on or after that day.")
    why = N_("A change before the last one would rewrite who was responsible.")
    now = N_("Choose a day after {on}.")


class OfficerGone(Problem):
    """The officer does not work here on the day."""

    code = "staff.officer_gone"
    field = "officer"
    what = N_("{name} does not work here on that day.")
    why = N_("The officer began later, or has left.")
    now = N_("Choose another day or another officer.")


class DaysReversed(Problem):
    """The last day lies before the first."""

    code = "staff.days_reversed"
    field = "ends_on"
    what = N_("The last day lies before the first.")
    why = N_("A time must begin before it ends.")
    now = N_("Correct one of the two days.")


class TooFarAway(Problem):
    """A day implausibly far from the instant of recording."""

    code = "staff.too_far_away"
    field = "on"
    what = N_("That day is too far away.")
    why = N_("Changes of posts may be dated up to one year back and one year ahead.")
    now = N_("Check the year.")


class NotYourDuty(Problem):
    """The duty is another post's, and one gives it no duties."""

    code = "staff.not_your_duty"
    status = 403
    what = N_("This duty belongs to another post.")
    why = N_("Only the post that has a duty, or one that gives it duties, can say that it is done.")
    now = N_("If you hold that post too, choose it above.")


class DutyAlreadyDone(Problem):
    """The duty was done before."""

    code = "staff.duty_already_done"
    status = 409
    what = N_("This duty has already been marked as done.")
    why = N_("Somebody else was quicker, or the form was sent from two windows.")
    now = N_("Reload the list.")


class UserNameTaken(Problem):
    """Another account on this node has the user name."""

    code = "staff.user_name_taken"
    field = "username"
    what = N_("This user name is taken.")
    why = N_("Every account has a user name of its own, and every officer one account.")
    now = N_("Choose another, for example with a number at its end.")


class UserNameMalformed(Problem):
    """A user name with other signs than the allowed ones."""

    code = "staff.user_name_malformed"
    field = "username"
    what = N_("A user name has 3 to 40 letters, digits, points or hyphens.")
    why = N_("It must be easy to type on every keyboard and to read out.")
    now = N_("Choose another user name.")


class TooManyTries(Problem):
    """This source must wait before its next try is looked at."""

    code = "staff.too_many_tries"
    status = 429
    what = N_("Too many tries from here.")
    why = N_("This protects accounts from being guessed; nobody's account is blocked by it.")
    now = N_("Wait {minutes} minutes and try again, or ask your administrator for a new one-time password.")


class BudgetSpent(Problem):
    """More rows of people in a day than the role's work needs."""

    code = "staff.budget_spent"
    status = 429
    what = N_("This would show you {asked} more rows of people; you have had {spent} of {limit} today.")
    why = N_("How many people an officer sees and exports in a day is limited: nobody can carry the register away.")
    now = N_(
        "Ask for less, or go on tomorrow. If today's work needs more, your supervisor can raise the limit for the day."
    )


class RaiseTooSmall(Problem):
    """A raise that raises nothing."""

    code = "staff.raise_too_small"
    field = "seen"
    what = N_("This is no more than the officer may see and export anyway: {seen} seen, {exported} exported.")
    why = N_("A limit is raised for a day, never lowered below what the role has.")
    now = N_("Write how many rows the day's work needs in all.")


class RaiseTooGreat(Problem):
    """More than a day's work can be."""

    code = "staff.raise_too_great"
    field = "seen"
    what = N_("A limit can be raised to {seen} rows seen and {exported} exported at most.")
    why = N_("That is ten times what the role has. Whoever needs more for a day's work needs another role.")
    now = N_("Write less, or let the work be done by a post whose role it is.")


class ReasonMissing(Problem):
    """A limit raised for nothing."""

    code = "staff.reason_missing"
    field = "reason"
    what = N_("The reason is missing.")
    why = N_("Whoever looks at this raise later must be able to understand it.")
    now = N_("Say in a sentence which work needs it. Name no person.")
