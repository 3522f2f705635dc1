"""Long pages are compressed for whoever can read it; what answers a form never is."""

import gzip

import pytest
from django.test import Client

from doithoai.config.middleware import WORTH_IT

pytestmark = pytest.mark.django_db


def test_a_long_page_is_compressed_and_reads_the_same() -> None:
    plain = Client().get("/deadlines")
    squeezed = Client().get("/deadlines", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert squeezed["Content-Encoding"] == "gzip"
    assert len(squeezed.content) < len(plain.content) / 3
    assert "Thời hạn" in gzip.decompress(squeezed.content).decode()


def test_the_answer_to_a_form_is_not_compressed() -> None:
    answer = Client().post("/submit", {"text": "x" * 9_000}, headers={"accept-encoding": "gzip"})

    assert len(answer.content) > WORTH_IT
    assert "Content-Encoding" not in answer
