"""Encryption of backups with a passphrase, in the age format, so that the standard `age` tool opens them too."""

from __future__ import annotations

from pathlib import Path

import click
import pyrage

from collegium.cli.console import Exit, Stop

HEADER = b"age-encryption.org/v1"
SHORTEST = 12


def ask_passphrase(file: Path | None, *, is_new: bool) -> str:
    """Return the passphrase from a file's first line, or ask for it."""
    if file is None:
        passphrase: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new, err=True)
    else:
        try:
            passphrase = (file.read_text(encoding="utf-8").splitlines() or [""])[0]
        except (OSError, UnicodeDecodeError) as error:
            raise Stop(f"The passphrase file {file} cannot be read: {error}", Exit.REFUSED) from error
    if is_new and len(passphrase) < SHORTEST:
        raise Stop(
            f"A passphrase needs {SHORTEST} characters or more: four or five words that you keep safe.", Exit.REFUSED
        )
    return passphrase


def seal(content: bytes, passphrase: str) -> bytes:
    """Encrypt."""
    sealed: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return sealed


def is_sealed(start: bytes) -> bool:
    """Say whether a file that starts so is encrypted."""
    return start.startswith(HEADER)


def unseal(content: bytes, passphrase: str) -> bytes:
    """Decrypt; stop with words when the passphrase or the file is wrong."""
    try:
        opened: bytes = pyrage.passphrase.decrypt(content, passphrase)
    except pyrage.DecryptError as error:
        raise Stop(
            "This backup could not be decrypted: either the passphrase is not the one it was made with,"
            " or the file is damaged.",
            Exit.UNREADABLE,
        ) from error
    return opened
