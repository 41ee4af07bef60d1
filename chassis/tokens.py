"""Signed tokens: who calls, with which roles, cities and unit. Development keys are made at first start."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chassis.access import Principal, Role, Unauthenticated
from chassis.clock import WallClock
from chassis.keyfiles import read_or_create

ISSUER = "huying"
ALGORITHM = "EdDSA"
REMEMBERED_TOKENS = 4096


class TokenSigner:
    """Issues tokens for development; a city brings its own identity provider and gives us the public key only."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._key = private_key

    @classmethod
    def load_or_create(cls, data_dir: Path) -> "TokenSigner":
        """Raises KeysUnusable when others may read the key."""
        path = data_dir / "token-key.pem"
        key = serialization.load_pem_private_key(read_or_create(path, _new_pem), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{path} is not an Ed25519 key")
        return cls(key)

    def issue(
        self, principal: Principal, *, valid: timedelta = timedelta(hours=12), now: datetime | None = None
    ) -> str:
        issued = now or WallClock().now()
        claims = {
            "iss": ISSUER,
            "sub": principal.id,
            "iat": issued,
            "exp": issued + valid,
            "roles": sorted(principal.roles),
            "cities": sorted(principal.cities),
            "unit": principal.unit,
            "citizen": principal.citizen_id,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    @cached_property
    def verifier(self) -> "TokenVerifier":
        return TokenVerifier(self._key.public_key().public_bytes_raw())


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


class TokenVerifier:
    """Turns a token into a principal. Tokens keep the wall clock, also in a simulation."""

    def __init__(self, public_key: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public_key)
        self._verified: OrderedDict[str, tuple[Principal, float]] = OrderedDict()
        self._lock = threading.Lock()

    def principal(self, token: str) -> Principal:
        """Raises Unauthenticated for a forged, foreign or expired token, or one that grants the platform's own role."""
        now = WallClock().now().timestamp()
        with self._lock:
            known, until = self._verified.get(token, (None, 0.0))
        if known is not None and now < until:
            return known
        principal, until = self._verify(token)
        with self._lock:
            self._verified[token] = principal, until
            while len(self._verified) > REMEMBERED_TOKENS:
                self._verified.popitem(last=False)
        return principal

    def _verify(self, token: str) -> tuple[Principal, float]:
        try:
            claims = jwt.decode(
                token, self._key, algorithms=[ALGORITHM], issuer=ISSUER, options={"require": ["sub", "exp", "iat"]}
            )
            roles = frozenset(Role(role) for role in claims["roles"])
            cities = frozenset(str(city) for city in claims["cities"])
            until = float(claims["exp"])
        except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
            raise Unauthenticated() from None
        if Role.SYSTEM in roles:
            raise Unauthenticated()
        principal = Principal(
            id=str(claims["sub"]),
            roles=roles,
            cities=cities,
            unit=str(claims.get("unit", "")),
            citizen_id=str(claims.get("citizen", "")),
        )
        return principal, until
