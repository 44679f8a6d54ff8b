"""Addresses of this room."""

from django.urls import path

from jiahe.conduct.views import lists, patterns, record

app_name = "conduct"
urlpatterns = [
    path("", lists.own, name="own"),
    path("climbed/", lists.climbed, name="climbed"),
    path("records/", lists.records, name="records"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("records/<uuid:case>/<int:n>/", record.record, name="record"),
    path("records/<uuid:case>/<int:n>/explain/", record.explain, name="explain"),
    path("records/<uuid:case>/<int:n>/judge/", record.judge, name="judge"),
    path("records/<uuid:case>/<int:n>/appeal/", record.appeal, name="appeal"),
    path("records/<uuid:case>/<int:n>/decide/", record.decide, name="decide"),
]
