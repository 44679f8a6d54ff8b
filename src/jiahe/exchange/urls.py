"""Addresses of spreadsheets in and out. Imports are named by their ids; nothing of what is in them stands there."""

from django.urls import path

from jiahe.exchange.views import bringing, rosters, taking

app_name = "exchange"
urlpatterns = [
    path("", bringing.imports, name="imports"),
    path("roster/", rosters.roster, name="roster"),
    path("<uuid:brought>/", bringing.brought, name="brought"),
    path("<uuid:brought>/columns/", bringing.columns, name="columns"),
    path("<uuid:brought>/check/", bringing.check, name="check"),
    path("<uuid:brought>/take/", taking.take, name="take"),
    path("<uuid:brought>/undo/", taking.undo, name="undo"),
    path("<uuid:brought>/empty/", taking.empty, name="empty"),
    path("<uuid:brought>/report.xlsx", taking.report_xlsx, name="report_xlsx"),
    path("<uuid:brought>/report.csv", taking.report_csv, name="report_csv"),
]
