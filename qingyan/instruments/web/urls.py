"""Addresses of the instrument library. They hold no person's data, so they stand outside the schools."""

from django.urls import path

from qingyan.instruments.web.views import library, norms, reviews, wordings

app_name = "instruments"
urlpatterns = [
    path("instruments/", library.library, name="library"),
    path("instruments/manual.md", library.manual, name="manual"),
    path("instruments/norms/<uuid:norm_id>/", norms.norm, name="norm"),
    path("instruments/norms/<uuid:norm_id>.xlsx", norms.norm_book, name="norm_book"),
    path("instruments/reviews/", reviews.reviews, name="reviews"),
    path("instruments/reviews/<slug:code>/<str:version>/", reviews.review, name="review"),
    path("instruments/reviews/<slug:code>/<str:version>/decision/", reviews.decision, name="review_decision"),
    path("instruments/reviews/<slug:code>/<str:version>/signature/", reviews.signature, name="review_signature"),
    path("instruments/<slug:keyed>/<str:version>/wordings/", wordings.city_wordings, name="city_wordings"),
    path("instruments/<slug:keyed>/<str:version>/wordings/file/", wordings.city_file, name="city_wording_file"),
    path("s/<slug:slug>/instruments/<slug:keyed>/<str:version>/wordings/", wordings.school_wordings, name="wordings"),
    path(
        "s/<slug:slug>/instruments/<slug:keyed>/<str:version>/wordings/file/", wordings.school_file, name="wording_file"
    ),
    path("instruments/<slug:code>/<str:version>/", library.instrument, name="detail"),
]
