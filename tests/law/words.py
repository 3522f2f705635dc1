"""The events and roles the apps bring, as the rulebooks expect them."""

from __future__ import annotations

from doithoai.law.vocabulary import Vocabulary

KIND = "choice:recommendation|reflection"
OCCASION = "choice:dialogue|voter_meeting|reception|letter|front|press|web|telephone|counter"
OUTCOME = "choice:none|settled|partly|in_progress|scheduled|explained|not_competent|withdrawn"
OTHER = "choice:none|complaint|denunciation|conduct|dispute"

VOCABULARY = Vocabulary(
    {
        "cases.received": {
            "submission": "uuid",
            "channel": "text",
            "occasion": OCCASION,
            "dialogue_day": "date",
            "history": "bool",
        },
        "cases.classified": {
            "kind": KIND,
            "field": "text",
            "urgent": "bool",
            "other_procedure": OTHER,
        },
        "cases.guided": {},
        "cases.routed": {"body": "uuid"},
        "cases.offered": {"body": "uuid", "request": "uuid"},
        "cases.accepted": {"body": "uuid", "request": "uuid"},
        "cases.returned": {"body": "uuid", "request": "uuid", "times": "int"},
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
    },
    frozenset(
        {
            *("receiving_body", "handling_body", "offered_body", "sending_body", "deciding_post"),
            *("upper_body", "head", "handling_post", "person", "host_body", "chair", "supervisor"),
        }
    ),
)
