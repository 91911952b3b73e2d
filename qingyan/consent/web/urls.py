"""Addresses of consent: coverage and papers, texts of a school and of the city."""

from django.urls import path

from qingyan.consent.web.views import coverage, texts

app_name = "consent"
urlpatterns = [
    path("consent-texts/", texts.city_texts, name="city_texts"),
    path("s/<slug:slug>/consent/", coverage.classes, name="coverage"),
    path("s/<slug:slug>/consent/coverage.xlsx", coverage.coverage_workbook, name="coverage_workbook"),
    path("s/<slug:slug>/consent/texts/", texts.school_texts, name="texts"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/", coverage.class_list, name="class_list"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/missing/", coverage.missing, name="missing"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/papers/", coverage.papers, name="papers"),
]
