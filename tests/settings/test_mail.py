"""The installation's mail server and sender, from the environment."""

import pytest

from plugin.domain.sender import Encryption, MailServer, Sender
from plugin.settings import Settings, SettingsError

FROM = "Aftercare <mail@example.com>"


def mail(url: str, sender: str = FROM) -> Sender | None:
    return Settings.from_env({"SMTP_URL": url, "MAIL_FROM": sender}).mail


def server(url: str) -> MailServer:
    found = mail(url)
    assert found is not None
    assert found.server is not None
    return found.server


def test_without_them_no_mail_leaves() -> None:
    assert Settings.from_env({}).mail is None


@pytest.mark.parametrize(
    ("url", "means"),
    [
        ("smtp://u:p%40ss@mail.example.com", MailServer("mail.example.com", 587, Encryption.STARTTLS, "u", "p@ss")),
        ("smtps://mail.example.com", MailServer("mail.example.com", 465, Encryption.TLS)),
        ("smtp+plain://relay:2525", MailServer("relay", 2525, Encryption.NONE)),
        ("smtp+plain://u:p@127.0.0.1", MailServer("127.0.0.1", 25, Encryption.NONE, "u", "p")),
    ],
)
def test_an_address_says_where_and_how_private(url: str, means: MailServer) -> None:
    assert server(url) == means


def test_a_sender_has_a_name_or_an_address_alone() -> None:
    both, alone = mail("smtp://mail.example.com"), mail("smtp://mail.example.com", "mail@example.com")
    assert both is not None
    assert alone is not None
    assert (both.name, both.address) == ("Aftercare", "mail@example.com")
    assert (alone.name, alone.address) == ("", "mail@example.com")


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({"SMTP_URL": "smtp://mail.example.com"}, "together"),
        ({"MAIL_FROM": FROM}, "together"),
        ({"SMTP_URL": "http://mail.example.com", "MAIL_FROM": FROM}, "SMTP_URL must be like"),
        ({"SMTP_URL": "smtp://hunter2@mail.example.com", "MAIL_FROM": FROM}, "user and password"),
        ({"SMTP_URL": "smtp+plain://u:hunter2@mail.example.com", "MAIL_FROM": FROM}, "show its password"),
        ({"SMTP_URL": "smtp://mail.example.com:99999", "MAIL_FROM": FROM}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail.example.com", "MAIL_FROM": "Aftercare"}, "MAIL_FROM must be like"),
    ],
)
def test_what_cannot_work_is_told_at_start_without_the_password(environ: dict[str, str], fault: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    assert fault in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_password_is_in_no_representation() -> None:
    settings = Settings.from_env({"SMTP_URL": "smtp://u:hunter2@mail.example.com", "MAIL_FROM": FROM})
    assert "hunter2" not in repr(settings)
