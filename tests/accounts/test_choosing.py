"""Choosing the post to act in, and the door for officials."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from doithoai.accounts.actors import Clock
from doithoai.accounts.commands import hold
from doithoai.accounts.models import Holding, User
from tests.conftest import become

pytestmark = pytest.mark.django_db


def test_the_chosen_post_is_remembered_and_one_not_held_is_not(
    client: Client, now: datetime
) -> None:
    van = User.objects.get(username="van")
    post = become("minh").post
    hold(post, user=van.pk, since=date(2026, 1, 1), until=None, by=Clock("console"), at=now)
    client.force_login(van, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("posts"), {"post": str(post)}).status_code == 302
    assert client.session["post"] == str(post)
    client.post(reverse("posts"), {"post": str(become("chi").post)})
    assert client.session["post"] == str(post)


def test_somebody_without_a_post_that_day_is_told_why_they_may_not_in(client: Client) -> None:
    Holding.objects.filter(user__username="hoa").delete()
    client.force_login(
        User.objects.get(username="hoa"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(reverse("inbox")).status_code == 403


def test_a_stranger_is_asked_to_sign_in_first(client: Client) -> None:
    answer = client.get(reverse("inbox"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
