"""Addresses of the start page and of the pages that explain."""

from django.urls import path

from doithoai.home import portal

urlpatterns = [
    path("", portal.home, name="home"),
    path("deadlines", portal.deadlines, name="deadlines"),
    path("who-sees-what", portal.visibility, name="visibility"),
]
