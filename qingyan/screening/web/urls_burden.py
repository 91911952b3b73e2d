"""Addresses of the calendar of tests and of the city's limits."""

from django.urls import path

from qingyan.screening.web.views import burden

urlpatterns = [
    path("campaigns/calendar/", burden.city_calendar, name="city_calendar"),
    path("campaigns/calendar.xlsx", burden.city_calendar_book, name="city_calendar_book"),
    path("campaigns/limits/", burden.limits, name="limits"),
    path("s/<slug:slug>/campaigns/calendar/", burden.school_calendar, name="calendar"),
    path("s/<slug:slug>/campaigns/calendar.xlsx", burden.school_calendar_book, name="calendar_book"),
]
