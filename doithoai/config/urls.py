"""Every address, app by app."""

from django.urls import include, path

from doithoai.config import portal

urlpatterns = [
    path("health/alive", portal.alive, name="alive"),
    path("health/ready", portal.ready, name="ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
    path("", include("doithoai.home.portal_urls")),
    path("", include("doithoai.cases.portal_urls")),
    path("", include("doithoai.dialogues.portal_urls")),
    path("desk/supervision/", include("doithoai.supervision.urls")),
]
