"""Addresses of the board. `events` is served as a stream by node/live.py, which asks this view's door."""

from django.urls import path

from jiahe.indicators import views

app_name = "indicators"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/<slug:area>/", views.board, name="board"),
    path("board/<slug:area>/population/", views.population, name="population"),
    path("board/<slug:area>/moves/", views.moves, name="moves"),
    path("events", views.events, name="events"),
]
