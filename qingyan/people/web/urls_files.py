"""Addresses of files over the years: the list of pupils and its counts, steps, transfers. Included by urls.py."""

from django.urls import path

from qingyan.people.web.views import file_counts, merges, promotion, pupil_files, transfers

urlpatterns = [
    path("city-files/", file_counts.city_counts, name="city_file_counts"),
    path("city-files.xlsx", file_counts.city_counts_workbook, name="city_file_counts_workbook"),
    path("s/<slug:slug>/pupils/", pupil_files.pupils, name="pupils"),
    path("s/<slug:slug>/pupils.xlsx", pupil_files.pupils_workbook, name="pupils_workbook"),
    path("s/<slug:slug>/files/counts/", file_counts.school_counts, name="file_counts"),
    path("s/<slug:slug>/pupils/<uuid:student_id>/", pupil_files.pupil, name="pupil"),
    path("s/<slug:slug>/pupils/<uuid:student_id>/offer/", pupil_files.offer, name="offer_pupil"),
    path("s/<slug:slug>/pupils/<uuid:student_id>/steps/<slug:verb>/", pupil_files.step, name="pupil_step"),
    path("s/<slug:slug>/merges/", merges.merges, name="merges"),
    path("s/<slug:slug>/merges/<uuid:student_id>/<uuid:other_id>/", merges.compare, name="compare_files"),
    path("s/<slug:slug>/merges/<uuid:merge_id>/undo/", merges.undo, name="undo_merge"),
    path("s/<slug:slug>/promotion/", promotion.promotion, name="promotion"),
    path("s/<slug:slug>/promotion.xlsx", promotion.promotion_workbook, name="promotion_workbook"),
    path("s/<slug:slug>/promotion/classes/<int:class_id>/", promotion.hold, name="hold_back"),
    path("s/<slug:slug>/promotion/commit/", promotion.commit, name="promote"),
    path("s/<slug:slug>/promotion/<uuid:promotion_id>/undo/", promotion.undo, name="undo_promotion"),
    path("s/<slug:slug>/transfers/", transfers.transfers, name="transfers"),
    path("s/<slug:slug>/transfers.xlsx", transfers.transfers_workbook, name="transfers_workbook"),
    path("s/<slug:slug>/transfers/new/", transfers.ask, name="ask_transfer"),
    path("s/<slug:slug>/transfers/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("s/<slug:slug>/transfers/<uuid:transfer_id>/accept/", transfers.accept, name="accept_transfer"),
    path("s/<slug:slug>/transfers/<uuid:transfer_id>/decline/", transfers.decline, name="decline_transfer"),
    path("s/<slug:slug>/transfers/<uuid:transfer_id>/withdraw/", transfers.withdraw, name="withdraw_transfer"),
    path(
        "s/<slug:slug>/transfers/<uuid:transfer_id>/release/<uuid:student_id>/",
        transfers.release,
        name="release_pupil",
    ),
]
