"""The one table of consequences: what each fact does to the tables of the house, and what it counts."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from jiahe.conduct import facts as conduct
from jiahe.conduct import projections as lateness
from jiahe.exchange import facts as exchange
from jiahe.exchange import projections as lists
from jiahe.indicators.models import Cell
from jiahe.indicators.projections import add, add_and_note, contributions, outlives
from jiahe.journal.origins import name_of
from jiahe.journal.values import Consequence
from jiahe.journal.wiring import Store, Wiring
from jiahe.network import facts as network
from jiahe.network import projections as nodes
from jiahe.node.keys import secret
from jiahe.places import facts as places
from jiahe.places import projections as areas
from jiahe.registry import facts as registry
from jiahe.registry import projections as people
from jiahe.staff import facts as staff
from jiahe.staff import projections as posts
from jiahe.window import facts as window
from jiahe.window import projections as cases

CONSEQUENCES: tuple[Consequence, ...] = (
    Consequence(network.NodeAdmitted, (nodes.node_admitted,), (nodes.admission_taken,)),
    Consequence(network.NodeRevoked, (nodes.node_revoked,), (nodes.revocation_taken,)),
    Consequence(network.PutBackAccepted, (nodes.put_back_accepted,), (nodes.acceptance_taken,)),
    Consequence(places.AreaOpened, (areas.area_opened,), (areas.area_change_undone,)),
    Consequence(places.AreaRenamed, (areas.area_renamed,), (areas.area_change_undone,)),
    Consequence(places.AreaClosed, (areas.area_closed,), (areas.area_change_undone,)),
    Consequence(
        places.AreasRedrawn,
        (areas.areas_redrawn, people.residents_follow_area),
        (people.residents_stay_in_area, areas.area_change_undone),
    ),
    Consequence(places.FacilityOpened, (areas.facility_opened,), (areas.facility_change_undone,)),
    Consequence(places.FacilityRenamed, (areas.facility_renamed,), (areas.facility_change_undone,)),
    Consequence(places.FacilityMoved, (areas.facility_moved,), (areas.facility_change_undone,)),
    Consequence(places.FacilityClosed, (areas.facility_closed,), (areas.facility_change_undone,)),
    Consequence(places.ChangeCancelled),
    Consequence(
        registry.PersonRegistered,
        (people.person_registered,),
        (people.person_unregistered, lists.rows_forgotten),
    ),
    Consequence(registry.PersonCorrected, (people.person_corrected,), (people.person_uncorrected,)),
    Consequence(registry.Born, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.Died, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.MovedIn, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.MovedOut, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.Married, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.Divorced, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.Adopted, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.GuardianNamed, (people.life_event,), (people.life_event_undone,)),
    Consequence(registry.LifeEventCancelled),
    Consequence(registry.RegistrationCancelled, (people.registration_cancelled,), (people.cancelling_erased,)),
    Consequence(registry.NameAdded, (people.name_added,), (people.name_withdrawn,)),
    Consequence(registry.DocumentAdded, (people.document_added,), (people.document_withdrawn,)),
    Consequence(registry.PhoneAdded, (people.phone_added,), (people.phone_withdrawn,)),
    Consequence(registry.ParticularWithdrawn),
    Consequence(registry.HouseholdFormed, (people.household_formed,), (people.household_unformed,)),
    Consequence(registry.HouseholdMoved, (people.household_moved,), (people.household_unmoved,)),
    Consequence(registry.MembersSettled, (people.members_changed,), (people.members_unchanged,)),
    Consequence(registry.MembersLeft, (people.members_changed,), (people.members_unchanged,)),
    Consequence(registry.HouseholdChangeCancelled),
    Consequence(registry.PersonsMerged, (people.persons_merged,), (people.persons_unmerged,)),
    Consequence(registry.MergeUndone),
    Consequence(registry.FoundDistinct, (people.found_distinct,), (people.found_distinct_undone,)),
    Consequence(registry.RecordOpened, (people.record_opened,), (people.record_unopened,)),
    Consequence(registry.RecordExported),
    Consequence(staff.OfficerEnrolled, (posts.officer_enrolled,), (posts.unsaid,)),
    Consequence(staff.OfficerRenamed, (posts.officer_renamed,), (posts.unsaid,)),
    Consequence(staff.OfficerLeft, (posts.officer_left,), (posts.unsaid,)),
    Consequence(staff.AccountOpened),
    Consequence(staff.PostCreated, (posts.post_created,), (posts.unsaid,)),
    Consequence(staff.PostClosed, (posts.post_closed,), (posts.unsaid,)),
    Consequence(staff.PostHeld, (posts.post_held,), (posts.taking_unsaid,)),
    Consequence(staff.PostHandedOver, (posts.post_handed_over,), (posts.taking_unsaid,)),
    Consequence(staff.PostVacated, (posts.post_vacated,), (posts.taking_unsaid,)),
    Consequence(staff.DeputyNamed, (posts.deputy_named,), (posts.unsaid,)),
    Consequence(staff.DeputyEnded, (posts.deputy_ended,), (posts.unsaid,)),
    Consequence(staff.DutyGiven, (posts.duty_given,), (posts.unsaid,)),
    Consequence(staff.DutyDone, (posts.duty_done,), (posts.unsaid,)),
    Consequence(staff.BudgetRaised, (posts.budget_raised,), (posts.budget_unraised,)),
    Consequence(window.CaseOpened, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CodeGiven, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.DocumentsBrought, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.MissingTold, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CaseAccepted, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CaseDeclined, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CaseHandedOver, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.DeskGiven, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.StepDecided, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.ClockStopped, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.ClockResumed, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CaseExtended, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.CaseWithdrawn, (cases.case_told,), (cases.case_untold,)),
    Consequence(window.ResultDelivered, (cases.case_told,), (cases.case_untold,)),
    Consequence(
        window.AttachmentAdded, (cases.attachment_added,), (cases.attachment_taken,), lambda added: [added.blob]
    ),
    Consequence(window.CaseInspected, (cases.inspected,), (cases.inspection_taken,)),
    Consequence(window.InterestDeclared, (cases.interest_declared,), (cases.interest_ended,)),
    Consequence(window.InterestEnded),
    Consequence(window.ServiceRated, (cases.rated,), (cases.rating_taken,)),
    Consequence(window.RatingOpened, (cases.rating_opened,), (cases.rating_opening_taken,)),
    Consequence(window.RatingAnswered, (cases.rating_answered,), (cases.answer_taken,)),
    Consequence(window.TicketTaken, (cases.ticket_taken,), (cases.ticket_untaken,)),
    Consequence(window.TicketCalled, (cases.ticket_called,), (cases.ticket_uncalled,)),
    Consequence(window.TicketClosed, (cases.ticket_ended,), (cases.ticket_unended,)),
    Consequence(window.TicketCancelled, (cases.ticket_ended,), (cases.ticket_unended,)),
    Consequence(conduct.LatenessExplained, (lateness.said,), (lateness.unsaid,)),
    Consequence(conduct.LatenessJudged, (lateness.said,), (lateness.unsaid,)),
    Consequence(conduct.JudgementAppealed, (lateness.said,), (lateness.unsaid,)),
    Consequence(conduct.AppealDecided, (lateness.said,), (lateness.unsaid,)),
    Consequence(exchange.RosterExported),
)
"""Every fact stands here. One without projections stands in the journal only: it is all the record it needs."""


@cache
def wiring() -> Wiring:
    """This node's wiring, with its signing key from the node's home."""
    node = settings.JIAHE
    key = Ed25519PrivateKey.from_private_bytes(secret(node.home / "keys" / "node.key"))
    public_key = key.public_key().public_bytes_raw()
    return Wiring(
        origin=name_of(node.area, public_key),
        area=node.area,
        key=key,
        consequences=CONSEQUENCES,
        contributions=contributions,
        add=add_and_note if node.reports else add,
        store=Store(node.home / "blobs", secret(node.blob_key)),
        counts=() if node.level == "city" else (Cell,),
        outlives=outlives,
        whole=node.level != "city",
        bound=node.has_neighbours,
    )
