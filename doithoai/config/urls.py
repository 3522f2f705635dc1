"""Every address, app by app."""

from django.urls import include, path

from doithoai.accounts import adapters
from doithoai.accounts import urls as accounts_urls
from doithoai.cases import urls as cases_urls
from doithoai.config import portal
from doithoai.dialogues import urls as dialogues_urls
from doithoai.docket import urls as docket_urls
from doithoai.duties import urls as duties_urls
from doithoai.files import urls as files_urls
from doithoai.reception import urls as reception_urls

urlpatterns = [
    path("health/alive", portal.alive, name="alive"),
    path("health/ready", portal.ready, name="ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("desk/start", portal.start, name="start"),
    path("account/email/", portal.not_here, name="no_email_page"),
    path("account/confirm-email/", portal.not_here, name="no_confirm_email_page"),
    path("account/signup/", portal.not_here, name="no_signup_page"),
    path("account/3rdparty/", portal.not_here, name="no_sso_connections_page"),
    path("account/3rdparty/signup/", portal.not_here, name="no_sso_signup_page"),
    path("account/oidc/<slug:provider_id>/login/", adapters.sign_on, name="sign_on"),
    path("account/", include("allauth.urls")),
    path("desk/", include(docket_urls.desk_patterns)),
    path("desk/", include(files_urls.desk_patterns)),
    path("desk/", include(cases_urls.desk_patterns)),
    path("api/", include(cases_urls.api_patterns)),
    path("desk/", include(accounts_urls.desk_patterns)),
    path("desk/dialogues/", include(dialogues_urls.desk_patterns)),
    path("desk/duties/", include(duties_urls.desk_patterns)),
    path("", include(duties_urls.portal_patterns)),
    path("desk/reception/", include(reception_urls.desk_patterns)),
    path("", include("doithoai.home.portal_urls")),
    path("", include("doithoai.cases.portal_urls")),
    path("", include("doithoai.dialogues.portal_urls")),
    path("", include("doithoai.reception.portal_urls")),
    path("desk/units/", include("doithoai.units.urls")),
    path("desk/direct/", include("doithoai.home.desk_urls")),
    path("desk/supervision/", include("doithoai.supervision.urls")),
    path("desk/reports/", include("doithoai.reports.urls")),
]
