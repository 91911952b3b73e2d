"""Addresses of the instrument library. They hold no person's data, so they stand outside the schools."""

from django.urls import path

from qingyan.instruments.web.views import library

app_name = "instruments"
urlpatterns = [
    path("instruments/", library.library, name="library"),
    path("instruments/manual.md", library.manual, name="manual"),
    path("instruments/<slug:code>/<str:version>/", library.instrument, name="detail"),
]
