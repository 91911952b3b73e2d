"""Addresses of boards: of a school below its sub-site, of districts and the city outside; none of a pupil."""

from django.urls import path

from qingyan.insight.web.views import boards, screen

app_name = "insight"
FILE = "<slug:exhibit>/<slug:file_kind>/"
urlpatterns = [
    path("s/<slug:slug>/board/", boards.school, name="school"),
    path("s/<slug:slug>/board/" + FILE, boards.school_file, name="school_file"),
    path("boards/", boards.above, name="above"),
    path("boards/city/", boards.city, name="city"),
    path("boards/city/" + FILE, boards.city_file, name="city_file"),
    path("boards/districts/<int:district_id>/", boards.district, name="district"),
    path("boards/districts/<int:district_id>/" + FILE, boards.district_file, name="district_file"),
    path("boards/screen/", screen.screen, name="screen"),
]
