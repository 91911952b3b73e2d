"""Addresses of places: the public doors, the city's overview, a school's own pages."""

from django.urls import path

from qingyan.organisations.web.views import calendar, city, founding, public, school

app_name = "organisations"
urlpatterns = [
    path("", public.front, name="front"),
    path("help/", public.help_now, name="help"),
    path("city/", city.city, name="city"),
    path("city/schools.xlsx", city.schools_workbook, name="schools_workbook"),
    path("city/districts/new/", founding.district, name="new_district"),
    path("city/schools/new/", founding.school, name="new_school"),
    path("city/stations/new/", founding.station, name="new_station"),
    path("city/years/", calendar.years, name="years"),
    path("city/years/new/", calendar.add_year, name="add_year"),
    path("city/terms/new/", calendar.add_term, name="add_term"),
    path("city/days/new/", calendar.add_day, name="add_day"),
    path("s/<slug:slug>/", public.home, name="home"),
    path("s/<slug:slug>/classes/", school.classes, name="classes"),
    path("s/<slug:slug>/settings/", school.settings, name="settings"),
]
