"""Addresses of papers."""

from django.urls import path

from qingyan.papers.web.views import case_papers, district_reports, reports

app_name = "papers"
CASE = "s/<slug:slug>/cases/<uuid:case_id>/print/"
REPORT = "s/<slug:slug>/reports/<uuid:report_id>/"
urlpatterns = [
    path(CASE, case_papers.of_case, name="of_case"),
    path(CASE + "letters/<str:letter>/<int:number>/<str:kind>/", case_papers.letter, name="letter"),
    path(CASE + "minutes/<int:number>/<str:kind>/", case_papers.minutes, name="minutes"),
    path("s/<slug:slug>/reports/", reports.reports, name="reports"),
    path("s/<slug:slug>/reports/new/", reports.make, name="make_report"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "step/<str:verb>/", reports.step, name="report_step"),
    path(REPORT + "file/<str:kind>/", reports.report_file, name="report_file"),
    path("monthly-reports/", district_reports.district_reports, name="district_reports"),
    path("monthly-reports/chase/", district_reports.chase, name="chase"),
    path("monthly-reports/collected.xlsx", district_reports.collected, name="collected"),
]
