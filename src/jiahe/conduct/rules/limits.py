"""Every number of days that this room asks for, in one place, each with its reason."""

NEXT_AFTER = 3
"""Working days after the due day for which the first superior has it alone: long enough to put a step on another desk
and have it done, too short to forget it."""

HEAD_AFTER = 5
"""Working days more until it comes to the head of the county: a week, so that nothing is late for two weeks of which
he has not heard."""

HEARD_WITHIN = 5
"""Working days after the due day that a post has to explain before it can be found responsible unheard; as many as an
office has to tell an applicant what is missing."""

APPEAL_WITHIN = 15
"""Days after the judgement on which it can be appealed. A finding of lateness is no sanction, so no law sets a time for
it. The Civil Servant Law (2018, article 95) gives thirty days against a sanction, and fifteen where it was reviewed
before; the house takes the fifteen, since the post was heard before it was judged."""
