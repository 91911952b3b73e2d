"""Addresses of papers."""

from django.urls import path

from qingyan.papers.web.views import case_papers, district_reports, exports, reports, word_templates

app_name = "papers"
CASE = "s/<slug:slug>/cases/<uuid:case_id>/print/"
REPORT = "s/<slug:slug>/monthly-reports/<uuid:report_id>/"
EXPORT = "s/<slug:slug>/exports/<uuid:export_id>/"
urlpatterns = [
    path(CASE, case_papers.of_case, name="of_case"),
    path(CASE + "letters/<str:letter>/<int:number>/<str:kind>/", case_papers.letter, name="letter"),
    path(CASE + "referrals/<uuid:referral_id>/", case_papers.referral_letter, name="referral_letter"),
    path(CASE + "minutes/<int:number>/<str:kind>/", case_papers.minutes, name="minutes"),
    path("s/<slug:slug>/monthly-reports/", reports.reports, name="reports"),
    path("s/<slug:slug>/monthly-reports/new/", reports.make, name="make_report"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "step/<str:verb>/", reports.step, name="report_step"),
    path(REPORT + "file/<str:kind>/", reports.report_file, name="report_file"),
    path("monthly-reports/", district_reports.district_reports, name="district_reports"),
    path("monthly-reports/chase/", district_reports.chase, name="chase"),
    path("monthly-reports/collected.xlsx", district_reports.collected, name="collected"),
    path("s/<slug:slug>/exports/", exports.exports, name="exports"),
    path("s/<slug:slug>/exports/new/", exports.ask, name="ask_export"),
    path(EXPORT, exports.export, name="export"),
    path(EXPORT + "answer/", exports.answer, name="answer_export"),
    path(EXPORT + "file/<str:kind>/", exports.take, name="take_export"),
    path("word-templates/", word_templates.word_templates, name="word_templates"),
    path("word-templates/default/<str:paper>/", word_templates.default, name="default"),
    path("word-templates/<uuid:template_id>/preview/", word_templates.preview, name="preview"),
    path("word-templates/<uuid:template_id>/use/", word_templates.use, name="use"),
]
