"""An OpenID Connect issuer on this machine, stricter than most: code flow with PKCE, secrets and addresses checked.

Tests set what it says about the person (`claims`) and how it lies (`lie`), to see that lies open nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "collegium"
CLIENT_SECRET = "a secret between the two"
KEY_ID = "first"


@cache
def _make_key() -> rsa.RSAPrivateKey:
    """Return a key of this run: looking for two large primes takes longer than a test with them."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Issuer:
    """What it knows, what it was asked, and what it answers."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda payload: payload
    userinfo_lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda payload: payload
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=_make_key)

    def configuration(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Return the address to send the person back to."""
        self.asked.append(asked)
        assert asked["client_id"] == CLIENT_ID, asked
        assert asked["response_type"] == "code", asked
        assert asked["code_challenge_method"] == "S256", asked
        assert "openid" in asked["scope"].split(), asked
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the tokens for a code, once, to whom it was made for."""
        asked = self.codes.pop(sent.get("code", ""), None)
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if asked is None or proof != asked["code_challenge"] or authorization != f"Basic {known}":
            return None
        if sent.get("redirect_uri") != asked["redirect_uri"] or sent.get("grant_type") != "authorization_code":
            return None
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": self.id_token()}

    def id_token(self) -> str:
        """Return what it says about the person, signed."""
        now = int(time.time())
        payload = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "sub": "1", **self.claims}
        return jwt.encode(self.lie(payload), self.key, algorithm="RS256", headers={"kid": KEY_ID})

    def keys(self) -> dict[str, Any]:
        """Return its public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for an issuer."""

    issuer: Issuer

    def do_GET(self) -> None:
        """Answer discovery, keys, who it is, and the page where the person says yes."""
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self.answer(self.issuer.configuration())
        elif address.path == "/keys":
            self.answer(self.issuer.keys())
        elif address.path == "/userinfo" and self.headers.get("Authorization", "")[7:] in self.issuer.tokens:
            self.answer(self.issuer.userinfo_lie({"sub": "1", **self.issuer.claims}))
        elif address.path == "/authorize":
            back = html.escape(self.issuer.authorize(asked))
            self.write(200, "text/html", f"<!doctype html><title>Issuer</title><a href='{back}'>Yes, it is me</a>")
        else:
            self.write(404, "text/plain", "")

    def do_POST(self) -> None:
        """Answer the exchange of a code."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        tokens = self.issuer.exchange(sent, self.headers.get("Authorization", ""))
        self.answer(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

    def answer(self, content: dict[str, Any], status: int = 200) -> None:
        """Send JSON."""
        self.write(status, "application/json", json.dumps(content))

    def write(self, status: int, kind: str, text: str) -> None:
        """Send anything."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on the terminal of the tests."""


@contextmanager
def running() -> Iterator[Issuer]:
    """Run an issuer as long as the block lasts."""
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"issuer": issuer}))
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def as_setting(
    url: str, issuer_id: str = "school", name: str = "your school account", **settings: Any
) -> dict[str, Any]:
    """Return the setting that offers an issuer."""
    app = {
        "provider_id": issuer_id,
        "name": name,
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": url, "oauth_pkce_enabled": True, "email_domains": [], **settings},
    }
    return {"openid_connect": {"APPS": [app]}}
