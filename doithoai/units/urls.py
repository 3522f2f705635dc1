"""Addresses of the administrators' pages, under ``desk/units/``."""

from django.urls import path

from doithoai.units import desk

urlpatterns = [
    path("", desk.competence, name="units"),
    path(
        "competence/<slug:level>/<slug:kind>/<slug:field>",
        desk.change_competence,
        name="change_competence",
    ),
    path("villages/", desk.villages, name="units_villages"),
    path("villages/<uuid:place>", desk.commune, name="units_commune"),
    path("bodies/", desk.bodies, name="units_bodies"),
    path("villages/<uuid:place>/merge", desk.merge_villages, name="units_merge_villages"),
    path("village/<uuid:village>", desk.rename_village, name="units_village"),
    path("village/<uuid:village>/end", desk.end_village, name="units_end_village"),
    path("bodies/new", desk.new_body, name="units_new_body"),
    path("bodies/<uuid:body>/end", desk.end_body, name="units_end_body"),
    path("bodies/<uuid:body>", desk.contact, name="units_contact"),
]
