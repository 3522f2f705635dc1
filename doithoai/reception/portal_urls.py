"""Addresses of the citizens' pages of reception."""

from django.urls import path

from doithoai.reception import portal

urlpatterns = [
    path("reception/", portal.reception_days, name="reception_days"),
    path("reception/days/<slug:code>/", portal.reception_day, name="reception_day"),
    path(
        "reception/days/<slug:code>/appointment", portal.appointment, name="reception_appointment"
    ),
    path("reception/<str:body>/queue", portal.queue, name="reception_queue"),
]
