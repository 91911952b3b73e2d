"""Addresses of boards: of a school below its sub-site, of districts and the city outside; none of a pupil."""

from django.urls import path

from qingyan.insight.web.views import boards, exploring, scales, screen

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
    path("boards/explore/", exploring.explorer, name="explorer"),
    path("boards/explore/views/", exploring.keep, name="keep_view"),
    path("boards/explore/views/<uuid:view_id>/drop/", exploring.drop, name="drop_view"),
    path("boards/explore/<slug:file_kind>/", exploring.explorer_file, name="explorer_file"),
    path("boards/scales/", scales.first, name="scales"),
    path("boards/scales/<slug:level>/<int:place>/", scales.board, name="scale_board"),
    path("boards/scales/<slug:level>/<int:place>/<slug:table>/<slug:file_kind>/", scales.board_file, name="scale_file"),
    path("boards/screen/", screen.screen, name="screen"),
]
