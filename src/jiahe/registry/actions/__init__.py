"""The verbs of the register. Each looks and decides under the journal's lock, then records its facts."""

from jiahe.registry.actions.events import (
    cancel_life_event,
    name_guardian,
    register_adoption,
    register_death,
    register_divorce,
    register_marriage,
    register_move_in,
    register_move_out,
)
from jiahe.registry.actions.households import (
    cancel_household_change,
    form_household,
    leave_household,
    merge_households,
    move_household,
    settle_members,
    split_household,
)
from jiahe.registry.actions.people import (
    add_document,
    add_name,
    add_phone,
    correct_person,
    export_record,
    keep_value,
    open_record,
    restore_value,
    withdraw_particular,
)
from jiahe.registry.actions.records import (
    erase_person,
    find_distinct,
    merge_persons,
    undo_merge,
)
from jiahe.registry.actions.registering import (
    cancel_registrations,
    register_birth,
    register_people,
    register_person,
)
from jiahe.registry.rules.newcomers import Document, Newcomer

__all__ = [
    "Document",
    "Newcomer",
    "add_document",
    "add_name",
    "add_phone",
    "cancel_household_change",
    "cancel_life_event",
    "cancel_registrations",
    "correct_person",
    "erase_person",
    "export_record",
    "find_distinct",
    "form_household",
    "keep_value",
    "leave_household",
    "merge_households",
    "merge_persons",
    "move_household",
    "name_guardian",
    "open_record",
    "register_adoption",
    "register_birth",
    "register_death",
    "register_divorce",
    "register_marriage",
    "register_move_in",
    "register_move_out",
    "register_people",
    "register_person",
    "restore_value",
    "settle_members",
    "split_household",
    "undo_merge",
    "withdraw_particular",
]
