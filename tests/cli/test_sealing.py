"""What seals a backup in use; other tests seal with less work (see quickly_sealed)."""

from __future__ import annotations

import re

import pytest

from collegium.cli.backups import sealing

pytestmark = pytest.mark.slow


def test_guessing_a_passphrase_takes_long_and_knowing_it_opens() -> None:
    sealed = sealing.seal(b"canary" * 20_000, "correct horse battery staple")
    assert (opening := re.match(rb"age-encryption\.org/v1\n-> scrypt \S+ (\d+)\n", sealed))
    assert int(opening[1]) >= 16, "a power of two, as a machine of today needs a good part of a second for it"
    assert b"canary" not in sealed
    assert sealing.unseal(sealed, "correct horse battery staple") == b"canary" * 20_000
