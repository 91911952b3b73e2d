"""Addresses of the calendar of tests of the city's limits, and of its norms."""

from django.urls import path

from qingyan.screening.web.views import burden, norms

urlpatterns = [
    path("campaigns/calendar/", burden.city_calendar, name="city_calendar"),
    path("campaigns/calendar.xlsx", burden.city_calendar_book, name="city_calendar_book"),
    path("campaigns/<uuid:campaign_id>/norms/", norms.norms, name="norms"),
    path("campaigns/limits/", burden.limits, name="limits"),
    path("s/<slug:slug>/campaigns/calendar/", burden.school_calendar, name="calendar"),
    path("s/<slug:slug>/campaigns/calendar.xlsx", burden.school_calendar_book, name="calendar_book"),
]
