"""Root of all addresses."""

from importlib.util import find_spec

from django.urls import include, path

ROOMS = {"staff/": "staff", "places/": "places", "people/": "registry", "": "indicators"}
urlpatterns = [
    path(prefix, include(f"jiahe.{room}.urls")) for prefix, room in ROOMS.items() if find_spec(f"jiahe.{room}.urls")
]
