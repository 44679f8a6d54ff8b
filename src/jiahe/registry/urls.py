"""Addresses of the register. People are named by their ids alone; nothing personal stands in an address."""

from django.urls import path

from jiahe.registry.views import changes, entries, lists, record

app_name = "registry"
urlpatterns = [
    path("", lists.people, name="people"),
    path("search/", lists.search, name="search"),
    path("events/", lists.events, name="events"),
    path("conflicts/", lists.conflicts, name="conflicts"),
    path("reassign/", lists.reassign, name="reassign"),
    path("register/", entries.register_person, name="register_person"),
    path("birth/", entries.register_birth, name="register_birth"),
    path("arrival/", entries.register_arrival, name="register_arrival"),
    path("events/<uuid:entry>/cancel/", changes.cancel_event, name="cancel_event"),
    path("<uuid:person>/", record.person, name="person"),
    path("<uuid:person>/open/", record.open_record, name="open_record"),
    path("<uuid:person>/correct/", changes.correct, name="correct"),
    path("<uuid:person>/death/", entries.register_death, name="register_death"),
    path("<uuid:person>/move-in/", entries.register_move_in, name="register_move_in"),
    path("<uuid:person>/move-out/", entries.register_move_out, name="register_move_out"),
]
