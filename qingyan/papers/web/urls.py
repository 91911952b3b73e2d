"""Addresses of papers."""

from django.urls import path

from qingyan.papers.web.views import case_papers

app_name = "papers"
CASE = "s/<slug:slug>/cases/<uuid:case_id>/print/"
urlpatterns = [
    path(CASE, case_papers.of_case, name="of_case"),
    path(CASE + "letters/<str:letter>/<int:number>/<str:kind>/", case_papers.letter, name="letter"),
    path(CASE + "minutes/<int:number>/<str:kind>/", case_papers.minutes, name="minutes"),
]
