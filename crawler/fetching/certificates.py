"""Server certificates as evidence: their fingerprint, and what is wrong with them.

A shop whose certificate has expired is crawled all the same: nothing secret is ever sent, and the flaw is a fact.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from service_identity.cryptography import verify_certificate_hostname, verify_certificate_ip_address
from service_identity.exceptions import CertificateError, VerificationError

from crawler.fetching.resolver import literal_address

if TYPE_CHECKING:
    from twisted.internet.ssl import Certificate


def fingerprint(certificate: Certificate | None) -> str | None:
    """Return the sha256 of the certificate in DER form, in lower-case hex; None without one."""
    return hashlib.sha256(_der(certificate)).hexdigest() if certificate is not None else None


def certificate_problems(certificate: Certificate, url: str) -> tuple[str, ...]:
    """Return what is wrong: ``unreadable``, ``expired``, ``not_yet_valid``, ``self_signed``, ``wrong_name``.

    Whether a chain ends at a trusted root is not checked.
    """
    try:
        leaf = x509.load_der_x509_certificate(_der(certificate))
        now = datetime.now(UTC)
        found = {
            "expired": leaf.not_valid_after_utc < now,
            "not_yet_valid": leaf.not_valid_before_utc > now,
            "self_signed": leaf.issuer == leaf.subject,
            "wrong_name": not _names(leaf, urlsplit(url).hostname or ""),
        }
    except ValueError:
        return ("unreadable",)
    return tuple(problem for problem, there in found.items() if there)


def _names(leaf: x509.Certificate, host: str) -> bool:
    try:
        address = literal_address(host)
        if address is not None:
            verify_certificate_ip_address(leaf, str(address))
        else:
            verify_certificate_hostname(leaf, host)
    except (CertificateError, VerificationError):
        return False
    return True


def _der(certificate: Certificate) -> bytes:
    return bytes(certificate.dump())
