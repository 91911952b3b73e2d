"""Addresses of the roster import; urls.py of people includes them, so they are named people:roster and so on."""

from django.urls import path

from qingyan.people.web.views import roster, roster_decision, roster_export, roster_templates

urlpatterns = [
    path("s/<slug:slug>/roster/", roster.roster, name="roster"),
    path("s/<slug:slug>/roster/template/", roster_templates.book, name="roster_template"),
    path("s/<slug:slug>/roster/template/csv/", roster_templates.csv, name="roster_template_csv"),
    path("s/<slug:slug>/roster/template/oneroster/", roster_templates.oneroster, name="roster_template_oneroster"),
    path("s/<slug:slug>/roster/export/", roster_export.oneroster, name="roster_export"),
    path("s/<slug:slug>/roster/new/", roster.new, name="roster_new"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/", roster.draft, name="roster_draft"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/progress/", roster.progress, name="roster_progress"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/correction/", roster.correction, name="roster_correction"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/choices/", roster_decision.choose, name="roster_choices"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/commit/", roster_decision.commit, name="roster_commit"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/undo/", roster_decision.undo, name="roster_undo"),
    path("s/<slug:slug>/roster/drafts/<uuid:draft_id>/discard/", roster.discard, name="roster_discard"),
]
