"""Addresses of notices: the inbox, a notice by its opaque key, the wishes, the robots of a school and the city."""

from django.urls import path

from qingyan.notifications.web.views import inbox, preference, robot

app_name = "notifications"
urlpatterns = [
    path("notifications/", inbox.inbox, name="inbox"),
    path("notifications/read/", inbox.read_all, name="read_all"),
    path("notifications/preferences/", preference.preferences, name="preferences"),
    path("n/<uuid:notice_id>/", inbox.open_one, name="open"),
    path("city/robots/", robot.city_robots, name="city_robots"),
    path("city/robots/<uuid:city_robot_id>/trial/", robot.city_trial, name="city_trial"),
    path("city/robots/<uuid:city_robot_id>/away/", robot.city_away, name="city_away"),
    path("s/<slug:slug>/robots/", robot.school_robots, name="robots"),
    path("s/<slug:slug>/robots/<uuid:robot_id>/trial/", robot.trial, name="trial"),
    path("s/<slug:slug>/robots/<uuid:robot_id>/away/", robot.away, name="away"),
]
