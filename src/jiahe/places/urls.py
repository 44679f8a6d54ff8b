"""Addresses of places."""

from django.urls import path

from jiahe.places.views import areas, changing, facilities

app_name = "places"
urlpatterns = [
    path("areas/", areas.areas, name="areas"),
    path("areas/<str:code>/", areas.area, name="area"),
    path("areas/<str:code>/open/", changing.open_, name="open"),
    path("areas/<str:code>/rename/", changing.rename, name="rename"),
    path("areas/<str:code>/move/", changing.move, name="move"),
    path("areas/<str:code>/split/", changing.split, name="split"),
    path("areas/<str:code>/merge/", changing.merge, name="merge"),
    path("areas/<str:code>/close/", changing.close, name="close"),
    path("areas/<str:code>/cancel/<uuid:entry>/", changing.cancel, name="cancel"),
    path("areas/<str:code>/open-facility/", facilities.open_, name="open_facility"),
    path("facilities/", facilities.facilities, name="facilities"),
    path("facilities/<uuid:facility>/rename/", facilities.rename, name="rename_facility"),
    path("facilities/<uuid:facility>/move/", facilities.move, name="move_facility"),
    path("facilities/<uuid:facility>/close/", facilities.close, name="close_facility"),
]
