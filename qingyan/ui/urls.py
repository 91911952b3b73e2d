"""The gallery's address; included at /ui/."""

from django.urls import path

from qingyan.ui import views

app_name = "ui"
urlpatterns = [path("", views.gallery, name="gallery")]
