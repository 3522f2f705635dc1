"""Every row of the table of legal time limits: the rule, a day it was in force, its length."""

from __future__ import annotations

from datetime import date

import pytest

from tests.law.story import HA_TINH

# A rule of one province, which elsewhere is a default of ours.
BORROWED = "vn.party_secretary_reception.advise_and_issue_conclusion_notice"

# rule, a day in force, amount, unit, certainty
ROWS = """
citizen_reception.post_reception_schedule 2026-11-02 -5 working A
citizen_reception.notify_receipt_outcome 2026-11-02 10 working A
citizen_reception.issue_refusal_notice 2026-11-02 3 working A
citizen_reception.receiving_agency_reports_result_to_forwarder 2026-11-02 7 working A
citizen_reception.forwarder_informs_citizen 2026-11-02 5 working A
citizen_reception.notify_NA_deputy_of_schedule 2026-11-02 -10 working A
citizen_reception.NA_deputy_excuse 2026-11-02 -5 working A
citizen_reception.petition_unprocessed_dismissal_threshold 2026-11-02 45 calendar A
online_citizen_reception.notify_participants 2026-11-02 -5 working A
online_citizen_reception.successful_connection_test 2026-11-02 -1 working A
party_secretary_reception.written_acceptance_or_transfer_notice 2026-11-02 10 working B
party_secretary_reception.advise_and_issue_conclusion_notice 2026-11-02 7 working B
petition_handling.classify_and_propose 2026-11-02 10 calendar B
petition_handling.transfer_reflection_on_admin_rules 2026-11-02 5 working A
petition_handling.front_forwarded_complaint_result_notice 2026-11-02 7 calendar A
complaint.time_bar_to_complain 2026-11-02 90 calendar A
complaint.time_bar_disciplinary_first 2026-11-02 15 calendar A
complaint.time_bar_disciplinary_second 2026-11-02 10 calendar A
complaint.time_bar_disciplinary_second_forced_resignation 2026-11-02 30 calendar A
complaint.accept_first 2026-06-30 10 calendar A
complaint.accept_first 2026-11-02 7 working A
complaint.accept_second 2026-06-30 10 calendar A
complaint.accept_second 2026-11-02 7 working A
complaint.accept_disciplinary 2026-06-30 10 calendar A
complaint.accept_disciplinary 2026-11-02 7 working A
complaint.settle_first 2026-11-02 30 calendar A
complaint.settle_first 2026-11-02 45 calendar A
complaint.settle_disciplinary 2026-11-02 30 calendar A
complaint.provide_evidence_on_request 2026-11-02 7 calendar A
complaint.notify_dialogue 2026-11-02 -5 calendar A
complaint.send_suspension_or_termination_decision 2026-11-02 3 working A
complaint.send_resumption_decision 2026-11-02 3 working A
complaint.send_first_decision 2026-11-02 3 working A
complaint.lodge_second_complaint 2026-11-02 30 calendar A
complaint.lodge_second_complaint 2026-11-02 45 calendar A
complaint.settle_second 2026-11-02 45 calendar A
complaint.settle_second 2026-11-02 60 calendar A
complaint.send_second_decision 2026-11-02 7 calendar A
complaint.publish_second_decision 2026-11-02 15 calendar B
complaint.first_decision_takes_effect 2026-11-02 30 calendar A
complaint.first_decision_takes_effect 2026-11-02 45 calendar A
complaint.second_decision_takes_effect 2026-11-02 30 calendar A
complaint.withdrawn_suspension_becomes_final 2026-11-02 30 calendar A
complaint.front_supervision_recommendation_reply 2026-11-02 7 calendar A
denunciation.register_classify_verify_identity 2026-11-02 7 working A
denunciation.transfer_out_of_competence 2026-11-02 5 working A
denunciation.reply_to_press_or_forwarding_agency 2026-11-02 20 calendar A
denunciation.notify_acceptance 2026-11-02 5 working A
denunciation.settle 2026-11-02 30 calendar A
denunciation.settle 2026-11-02 30 calendar A
denunciation.settle 2026-11-02 30 calendar A
denunciation.send_suspension_or_termination 2026-11-02 5 working A
denunciation.send_conclusion 2026-11-02 5 working A
denunciation.act_on_conclusion 2026-11-02 7 working A
denunciation.report_handling_result 2026-11-02 5 working A
denunciation.publish_conclusion_and_decision 2026-11-02 7 working A
denunciation.keep_published 2026-11-02 15 calendar A
denunciation.review_further_denunciation 2026-11-02 20 calendar A
denunciation.superior_demands_report_when_overdue 2026-11-02 5 working A
denunciation.settler_reports_when_overdue 2026-11-02 5 working A
commune_dialogue_conference.announce_time_place_content 2026-11-02 -7 calendar B
commune_dialogue_conference.publish_results 2026-11-02 10 calendar B
party_dialogue_local_default.publish_agenda 2026-11-02 -7 calendar D
party_dialogue_local_default.issue_conclusion_notice 2026-11-02 7 working D
party_dialogue_local_default.answer_recommendation 2026-11-02 15 working D
grassroots_democracy.publish_information 2026-11-02 5 working A
grassroots_democracy.keep_posted 2026-11-02 30 calendar A
grassroots_democracy.broadcast_on_loudspeaker 2026-11-02 3 calendar A
grassroots_democracy.consult_people_min_period 2026-11-02 20 calendar A
grassroots_democracy.notify_village_meeting 2026-11-02 -2 calendar A
grassroots_democracy.notify_ballot 2026-11-02 -2 calendar A
grassroots_democracy.send_ballot_plan 2026-11-02 2 calendar A
grassroots_democracy.send_community_decision 2026-11-02 5 working A
grassroots_democracy.recognise_community_decision 2026-11-02 5 working A
grassroots_democracy.annual_community_conference_notice 2026-11-02 -5 calendar A
grassroots_democracy.reply_to_peoples_inspection_board 2026-11-02 15 calendar A
grassroots_democracy.pib_sends_specific_plan 2026-11-02 -5 working A
grassroots_democracy.notify_investor_of_community_supervision 2026-11-02 -45 calendar A
grassroots_democracy.reply_to_investment_supervision_board 2026-11-02 15 calendar A
grassroots_democracy.village_head_election_plan 2026-11-02 -20 calendar A-
grassroots_democracy.recognise_dismissal_of_village_head 2026-11-02 5 working A-
grassroots_mediation.start_mediation 2026-11-02 3 calendar A
social_supervision.send_plan_and_decision 2026-11-02 -15 calendar A
social_supervision.supervised_body_sends_report 2026-11-02 -7 calendar A
social_supervision.team_report 2026-11-02 15 calendar A
social_criticism.drafter_sends_draft 2026-11-02 -15 calendar A
public_consultation.post_draft_min_period 2026-11-02 20 calendar C
relief_campaign.reception_period_max 2026-11-02 90 calendar A
relief_campaign.distribution_end 2026-11-02 20 calendar A
relief_campaign.announce_reception_place 2026-11-02 -1 calendar A
relief_campaign.publish_received_total 2026-11-02 15 calendar A
relief_campaign.publish_distributed_total 2026-11-02 30 calendar A
relief_campaign.keep_posted 2026-11-02 30 calendar A
relief_campaign.final_report 2026-11-02 30 calendar A
personal_data.acknowledge_subject_request 2026-11-02 2 working B
personal_data.fulfil_withdraw_restrict_object 2026-11-02 15 calendar B
personal_data.fulfil_access_or_rectify 2026-11-02 10 calendar C
personal_data.fulfil_deletion 2026-11-02 20 calendar C
personal_data.notify_breach 2026-11-02 72 hours C
personal_data.file_impact_assessment 2026-11-02 60 calendar C
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_the_rule_has_the_length_the_text_gives(row: str) -> None:
    name, day, amount, unit, certainty = row.split()
    rules = HA_TINH.in_force(f"vn.{name}", date.fromisoformat(day))
    lengths = {(rule.within.amount, rule.within.unit) for rule in rules if rule.within}
    assert (int(amount), unit) in lengths
    if rules[0].id != BORROWED:
        assert {rule.certainty for rule in rules} == {certainty}


def test_a_one_stop_dossier_is_due_on_the_day_of_its_appointment() -> None:
    (rule,) = HA_TINH.in_force("vn.one_stop_dossier.settle", date(2026, 11, 2))
    assert (rule.due, rule.source) == ("due_on", "law")


@pytest.mark.parametrize("rule_id", sorted(HA_TINH.versions))
def test_a_rule_says_its_duty_in_both_languages(rule_id: str) -> None:
    for rule in HA_TINH.versions[rule_id]:
        assert rule.duty.vi
        assert rule.duty.en
        assert rule.duty.vi != rule.duty.en
