"""Addresses of consent: coverage and papers, texts, guardians' codes, and the guardians' own page."""

from django.urls import path

from qingyan.consent.web.views import coverage, guardian, ledger, links, texts

app_name = "consent"
urlpatterns = [
    path("consent-texts/", texts.city_texts, name="city_texts"),
    path("s/<slug:slug>/consent/", coverage.classes, name="coverage"),
    path("s/<slug:slug>/consent/coverage.xlsx", coverage.coverage_workbook, name="coverage_workbook"),
    path("s/<slug:slug>/consent/texts/", texts.school_texts, name="texts"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/", coverage.class_list, name="class_list"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/missing/", coverage.missing, name="missing"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/papers/", coverage.papers, name="papers"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/links/", links.links, name="links"),
    path("s/<slug:slug>/consent/classes/<int:class_id>/links/sheet/", links.issue, name="issue_links"),
    path(
        "s/<slug:slug>/consent/classes/<int:class_id>/links/<uuid:student_id>/sheet/",
        links.reissue,
        name="reissue_link",
    ),
    path("s/<slug:slug>/consent/classes/<int:class_id>/links/<uuid:student_id>/void/", links.void, name="void_link"),
    path("s/<slug:slug>/consent/pupils/<uuid:student_id>/", ledger.ledger, name="ledger"),
    path("s/<slug:slug>/guardian/", guardian.guardian, name="guardian"),
    path("s/<slug:slug>/guardian/answer/", guardian.guardian_answer, name="guardian_answer"),
]
