"""What a page's policy gets of a server's address: its origin, or nothing."""

from __future__ import annotations

import pytest

from site_builder.hosts.page_scripts import origin_of
from site_builder.hosts.policy import policy


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://quiz.example.org", "https://quiz.example.org"),
        ("https://Quiz.example.org:8443/api/", "https://quiz.example.org:8443"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
        ("http://[::1]:8010/x", "http://[::1]:8010"),
        ("https://prüfung.example", "https://xn--prfung-4ya.example"),
        ("https://me:secret@quiz.example.org", "https://quiz.example.org"),
        ("https://a;script-src", ""),
        ("https://*.example.org", ""),
        ("https://quiz.example.org:port", ""),
        ("javascript:alert(1)", ""),
        ("/quiz", ""),
        ("", ""),
    ],
)
def test_origins(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_a_policy_names_the_server_for_requests_alone() -> None:
    text = policy(server="https://quiz.example.org")
    assert "connect-src 'self' https://quiz.example.org;" in text
    assert text.count("quiz.example.org") == 1
    assert "connect-src 'self';" in policy()
