"""A plain mail through the configured server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.config import Smtp

UNFOLDED = SMTP.clone(max_line_length=998)
"""Headers on one line: a long link that is folded is encoded, and mail programs read no encoded link."""
TLS_FROM_THE_START = 465
"""The port where a server speaks nothing but TLS."""


def send(smtp: Smtp, to: Sequence[str], subject: str, text: str, *, unsubscribe: str = "") -> None:
    """One mail; `unsubscribe` is the address that ends mails of its kind. Raises OSError (smtplib's errors
    and those of a certificate among it) when it cannot be sent."""
    message = EmailMessage(UNFOLDED)
    message["From"], message["To"] = smtp.sender, ", ".join(to)
    message["Subject"] = " ".join(subject.split())
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058: mail programs send a POST
    message.set_content(text, cte="quoted-printable")
    with _connected(smtp) as server:
        if smtp.user:
            server.login(smtp.user, smtp.password.get_secret_value())
        server.send_message(message)


def _connected(smtp: Smtp) -> smtplib.SMTP:
    """A connection whose certificate was checked wherever a password will go over it."""
    checked = ssl.create_default_context()
    if smtp.port == TLS_FROM_THE_START:
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=30, context=checked)
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=30)
    if smtp.user:
        server.starttls(context=checked)
    return server
