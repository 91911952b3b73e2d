"""Addresses of the operators' pages."""

from django.urls import path

from qingyan.foundation.jobs import views

app_name = "operations"
urlpatterns = [
    path("operations/jobs/", views.jobs, name="jobs"),
    path("operations/jobs/<int:job_id>/retry/", views.retry, name="retry"),
]
