"""The age format, written with so small a work factor that a test need not wait for each opening."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FACTOR = 10
CHUNK = 64 * 1024


def seal(content: bytes, passphrase: str) -> bytes:
    """Encrypt so that `age` opens it, at once."""
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)

    def derive(salt: bytes, info: bytes) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(file_key)

    def encode(value: bytes) -> bytes:
        return base64.b64encode(value).rstrip(b"=")

    label = b"age-encryption.org/v1"
    wrapping = hashlib.scrypt(passphrase.encode(), salt=label + b"/scrypt" + salt, n=1 << FACTOR, r=8, p=1, dklen=32)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    head = b"%s\n-> scrypt %s %d\n%s\n---" % (label, encode(salt), FACTOR, encode(wrapped))
    mac = hmac.digest(derive(b"", b"header"), head, "sha256")
    cipher = ChaCha20Poly1305(derive(nonce, b"payload"))
    chunks = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
    sealed = [
        cipher.encrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    ]
    return b"%s %s\n%s" % (head, encode(mac), nonce + b"".join(sealed))
