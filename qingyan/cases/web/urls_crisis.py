"""Addresses of a crisis: the school's reports, and what the officers of district and city see, outside any school."""

from django.urls import path

from qingyan.cases.web.views import glass, mandatory, notes, oversight, postvention, thread

CASE = "s/<slug:slug>/cases/<uuid:case_id>/"
CARE = "s/<slug:slug>/postventions/<uuid:care_id>/"
THREAD = "oversight/threads/<uuid:thread_id>/"
CRISIS = (
    path(CASE + "thread/", thread.thread, name="thread"),
    path(CASE + "thread/oral/", thread.oral, name="oral"),
    path(CASE + "thread/first/word/", thread.answer_first, name="answer_first"),
    path(CASE + "thread/<str:report>/", thread.written, name="written"),
    path(CASE + "counselling/", notes.notes, name="notes"),
    path(CASE + "counselling/new/", notes.note, name="note"),
    path("s/<slug:slug>/cases/counselling/<uuid:counselling_id>/", notes.note_again, name="note_again"),
    path(CASE + "mandatory/", mandatory.mandatory, name="mandatory"),
    path(CASE + "mandatory/new/", mandatory.mandatory_new, name="mandatory_new"),
    path("s/<slug:slug>/cases/mandatory/<uuid:record_id>/result/", mandatory.mandatory_result, name="mandatory_result"),
    path("s/<slug:slug>/postventions/", postvention.postventions, name="postventions"),
    path(CARE, postvention.postvention, name="postvention"),
    path(CARE + "add/<str:part>/", postvention.postvention_add, name="postvention_add"),
    path(CARE + "done/", postvention.postvention_done, name="postvention_done"),
    path("oversight/threads/", oversight.threads, name="threads"),
    path(THREAD, oversight.overseen, name="overseen"),
    path(THREAD + "seen/", oversight.seen, name="seen"),
    path(THREAD + "glass/", glass.breaking, name="break_glass"),
    path("oversight/glasses/", glass.glasses, name="glasses"),
    path("oversight/glasses/<uuid:glass_id>/", glass.glass, name="glass"),
    path("oversight/glasses/<uuid:glass_id>/review/", glass.glass_review, name="glass_review"),
)
