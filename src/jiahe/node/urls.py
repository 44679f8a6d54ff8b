"""Root of all addresses."""

from django.urls import include, path

from jiahe.node import network_views, views

node_urls = [
    path("", views.home, name="home"),
    path("journal/", views.journal, name="journal"),
    path("journal/<uuid:entry>/", views.proof, name="proof"),
    path("erasure/<uuid:entry>/", views.erasure, name="erasure"),
    path("erasure/<uuid:entry>/with/", views.erasures, name="erasures"),
    path("journal/checkpoint/", views.checkpoint, name="checkpoint"),
    path("network/", network_views.network, name="network"),
    path("network/events", network_views.network_events, name="network_events"),
    path("network/cable/", network_views.cable, name="cable"),
]
urlpatterns = [
    path("", include((node_urls, "node"))),
    path("", include("jiahe.indicators.urls")),
    path("people/", include("jiahe.registry.urls")),
    path("", include("jiahe.window.urls")),
    path("conduct/", include("jiahe.conduct.urls")),
    path("exchange/", include("jiahe.exchange.urls")),
    path("places/", include("jiahe.places.urls")),
    path("staff/", include("jiahe.staff.urls")),
]

handler400 = "jiahe.ui.errors.bad_request"
handler403 = "jiahe.ui.errors.forbidden"
handler404 = "jiahe.ui.errors.not_found"
handler500 = "jiahe.ui.errors.server_error"
