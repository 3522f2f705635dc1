"""Addresses of officials' pages of dialogues."""

from django.urls import path

from doithoai.dialogues.desk import (
    correcting,
    hall,
    holding,
    importing,
    minutes,
    papers,
    planning,
    preparing,
)

desk_patterns = [
    path("", planning.dialogues, name="dialogues_desk"),
    path("plan", planning.plan, name="dialogue_plan"),
    path("<str:code>", planning.dialogue, name="dialogue"),
    path("<str:code>/change", planning.change, name="dialogue_change"),
    path("<str:code>/announce", planning.announce, name="dialogue_announce"),
    path("<str:code>/postpone", planning.postpone, name="dialogue_postpone"),
    path("<str:code>/reschedule", planning.reschedule, name="dialogue_reschedule"),
    path("<str:code>/cancel", planning.cancel, name="dialogue_cancel"),
    path("<str:code>/questions/<uuid:item>", preparing.prepare, name="dialogue_prepare"),
    path("<str:code>/questions/<uuid:item>/ask", preparing.ask_draft, name="dialogue_ask_draft"),
    path(
        "<str:code>/questions/<uuid:item>/draft", preparing.send_draft, name="dialogue_send_draft"
    ),
    path("<str:code>/hold", holding.hold, name="dialogue_hold"),
    path("<str:code>/minutes", minutes.minutes, name="dialogue_minutes"),
    path("<str:code>/minutes/signed", minutes.sign_minutes, name="dialogue_sign_minutes"),
    path("<str:code>/minutes/publish", minutes.publish_minutes, name="dialogue_publish_minutes"),
    path("<str:code>/conclusion", holding.conclude, name="dialogue_conclude"),
    path("<str:code>/conclusion/approve", holding.approve, name="dialogue_approve"),
    path("<str:code>/conclusion/signed", holding.sign, name="dialogue_sign"),
    path("<str:code>/conclusion/publish", holding.publish, name="dialogue_publish"),
    path("<str:code>/results-posted", holding.post_results, name="dialogue_post_results"),
    path("<str:code>/papers/<uuid:document>/draft", holding.draft, name="dialogue_draft"),
    path("<str:code>/papers/<uuid:document>/signed", holding.signed, name="dialogue_signed"),
    path("<str:code>/import", importing.upload, name="dialogue_import"),
    path("<str:code>/import/<uuid:sheet>", importing.look, name="dialogue_sheet"),
    path(
        "<str:code>/import/<uuid:sheet>/confirm", importing.confirm, name="dialogue_sheet_confirm"
    ),
    path("<str:code>/import/<uuid:sheet>/result", importing.result, name="dialogue_sheet_result"),
    path("<str:code>/import/<uuid:sheet>/file", importing.original, name="dialogue_sheet_file"),
    path("<str:code>/left", correcting.left, name="dialogue_left"),
    path("<str:code>/items/<uuid:item>/date", correcting.item_date, name="dialogue_item_date"),
    path(
        "<str:code>/items/<uuid:item>/village",
        correcting.item_village,
        name="dialogue_item_village",
    ),
    path("<str:code>/hall", hall.hall, name="dialogue_hall"),
    path("<str:code>/hall/check", hall.check, name="dialogue_hall_check"),
    path("<str:code>/hall/line", hall.line, name="dialogue_hall_line"),
    path("<str:code>/chair", papers.chairs_file, name="dialogue_chairs_file"),
    path("<str:code>/chair.docx", papers.chairs_word, name="dialogue_chairs_word"),
    path("<str:code>/follow-up", papers.follow_up, name="dialogue_follow_up"),
    path("<str:code>/follow-up.xlsx", papers.follow_up_excel, name="dialogue_follow_up_excel"),
    path("<str:code>/slips", papers.slips, name="dialogue_slips"),
    path("<str:code>/list.xlsx", papers.register_excel, name="dialogue_excel"),
    path("<str:code>/list.docx", papers.register_word, name="dialogue_word"),
    path("<str:code>/form.xlsx", papers.blank_excel, name="dialogue_blank_excel"),
    path("<str:code>/form.docx", papers.blank_word, name="dialogue_blank_word"),
]
