"""Why a service or a calendar of `content/` is refused; each names the file and the line."""

from jiahe.basis.problem import N_, Problem


class Refused(Problem):
    """Something written in `content/` that cannot, or may not, be; `file` and `line` are among its values."""


class Unreadable(Refused):
    """Not TOML."""

    code = "window.unreadable"
    what = N_("{file}, line {line}: this is not TOML: {detail}.")
    why = N_("Definitions are written in TOML, version 1.0.")
    now = N_("Mend the line; most often a quotation mark or a bracket is missing.")


class UnknownShape(Refused):
    """A key or value that has no place."""

    code = "window.unknown_shape"
    what = N_("{file}, line {line}: {detail}.")
    why = N_("What the house does not understand it does not guess; a misspelt key would silently be no rule at all.")
    now = N_("Compare the key and its value with another file of the folder.")


class NotInBothLanguages(Refused):
    """Words that are not in English and Traditional Chinese."""

    code = "window.not_in_both_languages"
    what = N_("{file}, line {line}: {key} is not written in en and zh_hant.")
    why = N_(
        "Every applicant reads the guide in his language; Simplified Chinese is derived and may be given as zh_hans."
    )
    now = N_("Write both, and no other language.")


class WrongFileName(Refused):
    """A file that is not called as what stands in it."""

    code = "window.wrong_file_name"
    what = N_("{file}, line {line}: what stands here belongs into {expected}.")
    why = N_("A definition is found by the name of its file.")
    now = N_("Rename the file, or mend its id or version.")


class DatesReversed(Refused):
    """An end that does not come after its beginning."""

    code = "window.dates_reversed"
    what = N_("{file}, line {line}: {later} does not come after {earlier}.")
    why = N_("A version holds for some time, and is looked at again some time after it was looked at.")
    now = N_("Mend one of the two days.")


class SaidTwice(Refused):
    """Two things of one name."""

    code = "window.said_twice"
    what = N_("{file}, line {line}: {name} stands there twice.")
    why = N_("Cases refer to steps, outcomes, documents, reasons and days by their names.")
    now = N_("Give one of them another name, or remove it.")


class ZeroLimit(Refused):
    """A limit of no days, or fewer."""

    code = "window.zero_limit"
    what = N_("{file}, line {line}: {name} is {days}.")
    why = N_("A limit of no days is overdue before anybody could begin.")
    now = N_('Write at least 1. What is done while the applicant waits is handling = "instant", without limits.')


class LimitUnfitting(Refused):
    """Limits that do not go with the handling."""

    code = "window.limit_unfitting"
    what = N_("{file}, line {line}: {name} does not go with handling {handling}.")
    why = N_("What is instant has no limits; what is not has one in all and one for each step.")
    now = N_("Change the handling, or add or remove the limit.")


class PromisedLonger(Refused):
    """A promise beyond the law."""

    code = "window.promised_longer"
    what = N_("{file}, line {line}: {promised} working days are promised, and the law allows {statutory}.")
    why = N_("A promise may be shorter than the law, never longer.")
    now = N_("Promise at most what the law allows.")


class StepsExceedTotal(Refused):
    """Steps that together last longer than the whole."""

    code = "window.steps_exceed_total"
    what = N_("{file}, line {line}: the way {way} may take {days} working days, and {total} are given in all.")
    why = N_("Otherwise every step is in time and the applicant still waits too long.")
    now = N_("Shorten a step, or give more in all if the law allows it.")


class ExtensionTooLong(Refused):
    """An extension beyond the law."""

    code = "window.extension_too_long"
    what = N_("{file}, line {line}: an extension of {days} working days; the law allows {most}.")
    why = N_(
        "Administrative Licensing Law, article 42: once, by ten working days, with the reason told to the applicant."
    )
    now = N_("Allow at most {most}.")


class StepMissing(Refused):
    """An outcome that leads to no step."""

    code = "window.step_missing"
    what = N_("{file}, line {line}: {outcome} leads to {next}, and there is no such step.")
    why = N_("A case would be on nobody's desk.")
    now = N_("Write the step, or lead the outcome to one there is.")


class LeadsNowhere(Refused):
    """A step without outcome, or an outcome without one place to lead to."""

    code = "window.leads_nowhere"
    what = N_("{file}, line {line}: {name} leads nowhere, or to two places.")
    why = N_("Each step has outcomes, and each outcome leads to one next step or to one end.")
    now = N_("Write outcomes with either next or end.")


class NeverReached(Refused):
    """A step to which nothing leads."""

    code = "window.never_reached"
    what = N_("{file}, line {line}: nothing leads to the step {step}.")
    why = N_("A step that is never reached is a rule nobody follows.")
    now = N_("Lead an outcome to it, or remove it.")


class LoopWithoutExit(Refused):
    """A way that can be gone round for ever."""

    code = "window.loop_without_exit"
    what = N_("{file}, line {line}: a case can go round for ever: {way}.")
    why = N_("Whoever applies has a right to an end. Sending back is counted.")
    now = N_("Say how often with times, or lead the outcome onward.")


class NoWayOn(Refused):
    """A step where everything is used up at some time."""

    code = "window.no_way_on"
    what = N_("{file}, line {line}: every outcome of the step {step} can be used up.")
    why = N_("Then nothing could be decided there any more.")
    now = N_("Give the step one outcome without times.")


class RoleMissing(Refused):
    """A role that does not exist."""

    code = "window.role_missing"
    what = N_("{file}, line {line}: there is no role {role}.")
    why = N_("Each step is somebody's duty; the roles are those of content/roles/.")
    now = N_("Name a role there is, or write it first.")


class RoleElsewhere(Refused):
    """A role that has no posts at that level."""

    code = "window.role_elsewhere"
    what = N_("{file}, line {line}: {role} has no posts at the level {level}.")
    why = N_("The case would wait for a post that cannot exist.")
    now = N_("Choose the level from the role's file, or another role.")


class VersionsOverlap(Refused):
    """Two versions in force on one day."""

    code = "window.versions_overlap"
    what = N_("{file}, line {line}: on {day} version {other} of this service holds as well.")
    why = N_("Whoever applies on that day must know which rule he comes under.")
    now = N_("End the older version with effective_until on the day from which the newer one holds.")


class NoticeTooLong(Refused):
    """A public notice that does not fit into its step."""

    code = "window.notice_too_long"
    what = N_("{file}, line {line}: a notice of {days} working days does not fit into a step of {promised}.")
    why = N_("It hangs for whole days, and its result is written down on a day after them.")
    now = N_("Give the step at least one working day more than the notice.")


class NoticeReveals(Refused):
    """A public notice of what nobody else may learn."""

    code = "window.notice_reveals"
    what = N_("{file}, line {line}: a confidential service is to be put up in public.")
    why = N_("That somebody applied for it would tell his neighbours about his health or his family.")
    now = N_("Remove the notice and have a second officer look instead.")


class ConditionForbidden(Refused):
    """A service tied to contraception, sterilisation, abortion, a pregnancy test or what was abolished."""

    code = "window.condition_forbidden"
    what = N_("{file}, line {line}: {key} speaks of “{word}”.")
    why = N_(
        "Nothing is granted, refused or delayed because of contraception, sterilisation, abortion or pregnancy; "
        "permits to give birth and fees for births do not exist any more."
    )
    now = N_("Remove it. What the law asks for can be said without it.")


class FeeWithoutBasis(Refused):
    """A fee nobody may ask for."""

    code = "window.fee_without_basis"
    what = N_("{file}, line {line}: a fee of {fee} without the law that allows it.")
    why = N_("Public services are free unless a law says otherwise.")
    now = N_("Write the law into fee_basis, or ask for nothing.")


class AskedThoughHeld(Refused):
    """A document that one service asks for and another finds in the house."""

    code = "window.asked_though_held"
    what = N_(
        "{file}, line {line}: the document {document} is asked of the applicant, and {other} finds it at the county."
    )
    why = N_("What the county holds is never asked for again (State Council Decree 716, article 7).")
    now = N_('Write from = "county" here too, or name the other document differently.')


class NoSuchService(Problem):
    """No version of a service holds on that day."""

    code = "window.no_such_service"
    status = 404
    what = N_("There is no service {service} on {day}.")
    why = N_("It does not exist, or no version of it is in force on that day.")
    now = N_("Choose a service from the list of that day.")
