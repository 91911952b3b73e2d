"""Addresses of registering tests, at a school and for the city."""

from django.urls import path

from qingyan.screening.web.views import registrations

ONE = "s/<slug:slug>/registrations/<uuid:registration_id>/"

urlpatterns = [
    path("registrations/", registrations.city_registrations, name="city_registrations"),
    path("registrations/<uuid:registration_id>/", registrations.city_registration, name="city_registration"),
    path("registrations/<uuid:registration_id>/decision/", registrations.decide, name="decide_registration"),
    path("s/<slug:slug>/registrations/", registrations.registrations, name="registrations"),
    path("s/<slug:slug>/registrations/new/", registrations.new_registration, name="new_registration"),
    path(ONE, registrations.registration, name="registration"),
    path(ONE + "again/", registrations.file_again, name="file_registration_again"),
    path(ONE + "withdraw/", registrations.withdraw, name="withdraw_registration"),
]
