"""What stands in the way at the queue: of whoever calls, and of whoever books."""

from jiahe.basis.problem import N_, Problem


class NobodyWaits(Problem):
    """There is nobody to call."""

    code = "window.nobody_waits"
    status = 409
    what = N_("Nobody waits.")
    why = N_("Everybody who took a number was called. Who booked is called from the beginning of his half hour on.")
    now = N_("The next number shows here by itself.")


class TicketInHand(Problem):
    """The one who was called last is not done with."""

    code = "window.ticket_in_hand"
    status = 409
    what = N_("You have called {ticket}, and not said what came of it.")
    why = N_("Each officer calls one at a time; else nobody could say how long anybody waits.")
    now = N_("Say first whether {ticket} was served or did not come.")


class TicketUnknown(Problem):
    """There is none, or it is another office's."""

    code = "window.ticket_unknown"
    status = 404
    what = N_("There is no such number at this counter.")
    why = N_("It belongs to another office, or it was never given.")
    now = N_("Go back to the queue.")


class TicketOver(Problem):
    """It is called, done with or given back already."""

    code = "window.ticket_over"
    status = 409
    what = N_("This number is no longer at this point.")
    why = N_("Somebody else called it, closed it or gave it back in the meantime.")
    now = N_("Look at the queue as it is now.")


class CounterUnnamed(Problem):
    """Nobody knows where to go."""

    code = "window.counter_unnamed"
    what = N_("Say to which counter you call, in at most {most} signs.")
    why = N_("It stands on the screen beside the number; without it nobody knows where to go.")
    now = N_("Write its number or name. This session remembers it.")
    field = "counter"


class NoQueueHere(Problem):
    """The area has no window."""

    code = "window.no_queue_here"
    status = 404
    what = N_("There is no window here.")
    why = N_("Only townships and the county have a window with a queue.")
    now = N_("Choose one from the list of windows.")


class NoSuchSlot(Problem):
    """Slots are the half hours of the day."""

    code = "window.no_such_slot"
    what = N_("There is no such half hour.")
    why = N_("Half hours begin when the page says, while the window is open.")
    now = N_("Choose one from the list.")
    field = "slot"


class SlotFull(Problem):
    """Others were quicker."""

    code = "window.slot_full"
    status = 409
    what = N_("This half hour is taken.")
    why = N_("Only a few are booked in each, so that those who just come are called too.")
    now = N_("Choose another one, or come without: everybody gets a number at the window.")
    field = "slot"


class SlotPast(Problem):
    """It has begun."""

    code = "window.slot_past"
    what = N_("This half hour has begun or is over.")
    why = N_("A booking holds from the beginning of its half hour on.")
    now = N_("Choose a later one, or come and take a number at the window.")
    field = "slot"


class OfficeClosed(Problem):
    """A weekend or a holiday."""

    code = "window.office_closed"
    what = N_("The window is closed on this day.")
    why = N_("It is a weekend or a holiday of the statutory calendar.")
    now = N_("Choose another day.")
    field = "slot"


class TooFarAhead(Problem):
    """Later than can be booked."""

    code = "window.too_far_ahead"
    what = N_("This day is too far ahead.")
    why = N_("One can book up to {days} days ahead.")
    now = N_("Choose an earlier day, or come back later.")
    field = "slot"
