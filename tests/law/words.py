"""The events and roles the apps bring, as the rulebooks expect them."""

from __future__ import annotations

from doithoai.law.vocabulary import Vocabulary

KIND = "choice:recommendation|reflection|complaint|denunciation|denunciation_info|party_matter"
FORWARDER = "choice:none|deputy|council|reception_board|front|press|agency|party"
INSTANCE = "choice:first|second|disciplinary"
COMPETENCE = "choice:own|other"
OCCASION = "choice:dialogue|voter_meeting|reception|letter|front|press|web|telephone|counter"
OUTCOME = "choice:none|settled|partly|in_progress|scheduled|explained|not_competent|withdrawn"
DUTY = "choice:reception|meeting|dialogue|conference|hearing|programme|report"
EVERY = "choice:week|month|quarter|half_year|year|first_quarter|first_half|nine_months|term"
OTHER = "choice:none|complaint|denunciation|conduct|dispute"

VOCABULARY = Vocabulary(
    {
        "cases.received": {
            "submission": "uuid",
            "channel": "text",
            "occasion": OCCASION,
            "dialogue_day": "date",
            "history": "bool",
            "forwarder": FORWARDER,
            "party_head": "bool",
        },
        "cases.classified": {
            "kind": KIND,
            "field": "text",
            "urgent": "bool",
            "other_procedure": OTHER,
            "instance": INSTANCE,
            "competence": COMPETENCE,
            "administrative_rules": "bool",
        },
        "cases.examined": {"eligible": "bool"},
        "cases.divided": {"parts": "int"},
        "cases.converted": {
            "kind": KIND,
            "was": KIND,
            "instance": INSTANCE,
            "competence": COMPETENCE,
        },
        "cases.admitted": {
            "accepted_on": "date",
            "remote_area": "bool",
            "complexity": "choice:normal|complex|special",
        },
        "cases.declined": {"ground": "text"},
        "cases.transferred": {"body": "uuid", "request": "uuid", "by_letter": "bool"},
        "cases.handed_back": {"papers": "int"},
        "cases.settled": {},
        "cases.acceptance_notified": {},
        "cases.forwarder_informed": {},
        "cases.forwarder_answered": {},
        "cases.guided": {},
        "cases.routed": {"body": "uuid"},
        "cases.offered": {"body": "uuid", "request": "uuid"},
        "cases.accepted": {"body": "uuid", "request": "uuid"},
        "cases.returned": {"body": "uuid", "request": "uuid", "times": "int"},
        "cases.taken_back": {"body": "uuid", "request": "uuid", "in_hand": "bool"},
        "cases.offer_urged": {"body": "uuid", "request": "uuid"},
        "cases.referred": {"request": "uuid"},
        "cases.decided_lead": {"body": "uuid"},
        "cases.forwarded": {
            "body": "uuid",
            "request": "uuid",
            "number": "text",
            "signed_on": "date",
        },
        "cases.urged": {"body": "uuid", "request": "uuid"},
        "cases.body_replied": {"request": "uuid"},
        "cases.assigned": {"post": "uuid"},
        "cases.asked": {"request": "uuid"},
        "cases.person_replied": {"request": "uuid"},
        "cases.acted": {},
        "cases.drafted": {},
        "cases.approved": {},
        "cases.promised": {"due_on": "date", "document": "text"},
        "cases.conclusion_published": {"conclusion_on": "date"},
        "cases.answered": {
            "answer": "uuid",
            "outcome": OUTCOME,
            "document_on": "date",
            "told_on": "date",
        },
        "cases.published": {"version": "uuid"},
        "cases.confirmed": {"by_self": "bool"},
        "cases.partly_confirmed": {"by_self": "bool"},
        "cases.disputed": {"by_self": "bool"},
        "cases.unconfirmed": {},
        "cases.escalated": {"body": "uuid"},
        "cases.scheduled": {"year": "int"},
        "cases.reviewed": {},
        "cases.extended": {
            "rule": "text",
            "days": "int",
            "until": "date",
            "reason": "choice:complex|resources|other",
        },
        "cases.reopened": {},
        "cases.closed": {},
        "cases.withdrawn": {},
        "cases.archived": {},
        "docket.merged": {"into": "uuid"},
        "docket.split": {"out_of": "uuid"},
        "docket.due_changed": {"key": "text", "old": "date", "new": "date", "why": "text"},
        "duties.period_opened": {
            "duty": DUTY,
            "every": EVERY,
            "post_kind": "text",
            "level": "choice:centre|province|district|commune|village",
            "first_day": "date",
            "last_day": "date",
        },
        "duties.met": {"held_on": "date", "in_person": "bool", "about": "uuid"},
        "duties.excused": {},
        "duties.missed": {},
        "dialogues.planned": {
            "dialogue_day": "date",
            "party_head": "bool",
            "commune_conference": "bool",
            "other_regime": "bool",
        },
        "dialogues.announced": {},
        "dialogues.rescheduled": {"dialogue_day": "date"},
        "dialogues.postponed": {},
        "dialogues.cancelled": {},
        "dialogues.held": {"dialogue_day": "date"},
        "dialogues.minutes_recorded": {},
        "dialogues.conclusion_signed": {"signed_on": "date"},
        "dialogues.published": {"published_on": "date"},
        "dialogues.results_posted": {},
        "reception.planned": {"reception_day": "date", "deputy": "bool"},
        "reception.online_planned": {"session_day": "date"},
        "reception.rescheduled": {"reception_day": "date"},
        "reception.schedule_posted": {},
        "reception.postponed": {},
        "reception.cancelled": {},
        "reception.participants_notified": {},
        "reception.connection_tested": {},
        "reception.held": {
            "held_on": "date",
            "in_person": "bool",
            "party_head": "bool",
            "by_head": "bool",
        },
        "reception.conclusion_issued": {"signed_on": "date"},
        "reception.refused": {"written_notice_required": "bool"},
        "reception.refusal_notified": {"signed_on": "date"},
    },
    frozenset(
        {
            *("receiving_body", "handling_body", "offered_body", "sending_body", "deciding_post"),
            *("upper_body", "head", "handling_post", "person", "host_body", "chair", "supervisor"),
        }
    ),
)
