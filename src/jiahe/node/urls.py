"""Root of all addresses."""

from importlib.util import find_spec

from django.urls import include, path

ROOMS = {"staff/": "staff", "places/": "places", "people/": "registry", "": "indicators"}
urlpatterns = [
    path(prefix, include(f"jiahe.{room}.urls")) for prefix, room in ROOMS.items() if find_spec(f"jiahe.{room}.urls")
]

handler400 = "jiahe.ui.errors.bad_request"
handler403 = "jiahe.ui.errors.forbidden"
handler404 = "jiahe.ui.errors.not_found"
handler500 = "jiahe.ui.errors.server_error"
