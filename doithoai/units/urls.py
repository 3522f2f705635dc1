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
    path("bodies/<uuid:body>", desk.contact, name="units_contact"),
]
