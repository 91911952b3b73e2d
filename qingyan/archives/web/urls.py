"""Addresses of the pupils' files, inside a school's sub-site."""

from django.urls import path

from qingyan.archives.web.views import file, files

app_name = "archives"
urlpatterns = [
    path("s/<slug:slug>/files/", files.files, name="files"),
    path("s/<slug:slug>/files/<uuid:student_id>/", file.file, name="file"),
]
