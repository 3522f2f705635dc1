"""Addresses of the citizens' pages. None of them ever carries a receipt's code or secret."""

from django.urls import path

from doithoai.cases import portal, portal_denunciation, portal_denying, portal_published

urlpatterns = [
    path("submit", portal.submit, name="submit"),
    path("submit/slip", portal.slip, name="slip"),
    path(
        "submit/<uuid:commune>",
        portal_denunciation.about_whom_first(portal.submit_to),
        name="submit_to",
    ),
    path("denounce", portal_denunciation.denounce, name="denounce"),
    path("denounce/messages", portal_denunciation.correspondence, name="denounce_messages"),
    path("follow", portal.follow, name="follow"),
    path("follow/leave", portal.leave, name="leave"),
    path("follow/case", portal.follow_cases, name="follow_cases"),
    path("follow/case/<uuid:case_id>", portal.follow_case, name="follow_case"),
    path("follow/case/<uuid:case_id>/why", portal.follow_why, name="follow_why"),
    path("follow/case/<uuid:case_id>/word", portal.follow_word, name="follow_word"),
    path("follow/case/<uuid:case_id>/reply", portal.follow_reply, name="follow_reply"),
    path("follow/case/<uuid:case_id>/withdraw", portal.follow_withdraw, name="follow_withdraw"),
    path(
        "follow/case/<uuid:case_id>/not-withdrawn",
        portal_denying.follow_not_withdrawn,
        name="follow_not_withdrawn",
    ),
    path("follow/case/<uuid:case_id>/file/<uuid:file_id>", portal.follow_file, name="follow_file"),
    path("cases/", portal_published.public, name="public"),
    path("cases/<slug:code>/", portal_published.public_case, name="public_case"),
    path("cases/<slug:code>/v<int:version>", portal_published.public_case, name="public_version"),
    path("cases/<slug:code>/file/<uuid:file_id>", portal_published.public_file, name="public_file"),
    path("reply/done", portal.reply_done, name="reply_done"),
    path("reply/<slug:token>", portal.reply_link, name="reply_link"),
]
