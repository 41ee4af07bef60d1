"""Signed tokens: who calls, with which roles, cities and unit. Development keys are made at first start."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chassis.access import Principal, Role, Unauthenticated, check_roles
from chassis.clock import WallClock
from chassis.keyfiles import read_or_create

ISSUER = "huying"
SERVICES_ISSUER = "huying-services"
ALGORITHM = "EdDSA"
REMEMBERED_TOKENS = 4096
PASS_VALID = timedelta(minutes=5)


class TokenSigner:
    """Issues tokens for development; a city brings its own identity provider and gives us the public key only."""

    KEY = "token-key.pem"

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._key = private_key

    @classmethod
    def load_or_create(cls, data_dir: Path) -> "TokenSigner":
        """Raises KeysUnusable when others may read the key."""
        return cls(_loaded(data_dir / cls.KEY))

    def issue(
        self, principal: Principal, *, valid: timedelta = timedelta(hours=12), now: datetime | None = None
    ) -> str:
        """Raises HandlingNotContractedOut, LineDepartmentStandsAlone."""
        check_roles(principal)
        issued = now or WallClock().now()
        return jwt.encode(_claims(ISSUER, principal, issued, valid), self._key, algorithm=ALGORITHM)

    @cached_property
    def verifier(self) -> "TokenVerifier":
        return TokenVerifier(self._key.public_key().public_bytes_raw())


class PassSigner:
    """Issues the short-lived passes with which the services ask each other; people's tokens never are passes.

    Its key is the platform's own: whoever issues tokens to people cannot speak as a service.
    """

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._key = private_key
        self._passes: dict[Principal, tuple[str, datetime]] = {}

    @classmethod
    def load_or_create(cls, data_dir: Path) -> "PassSigner":
        """Raises KeysUnusable when others may read the key."""
        return cls(_loaded(data_dir / "services-key.pem"))

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, principal: Principal) -> str:
        """A pass that is good for at least another minute."""
        now = WallClock().now()
        known, until = self._passes.get(principal, ("", now))
        if until - now > timedelta(minutes=1):
            return known
        if len(self._passes) >= REMEMBERED_TOKENS:
            self._passes.clear()
        made = jwt.encode(_claims(SERVICES_ISSUER, principal, now, PASS_VALID), self._key, algorithm=ALGORITHM)
        self._passes[principal] = made, now + PASS_VALID
        return made


def _claims(issuer: str, principal: Principal, issued: datetime, valid: timedelta) -> dict[str, Any]:
    return {
        "iss": issuer,
        "sub": principal.id,
        "iat": issued,
        "exp": issued + valid,
        "roles": sorted(principal.roles),
        "cities": sorted(principal.cities),
        "unit": principal.unit,
        "citizen": principal.citizen_id,
        "contractor": principal.contractor,
        "line": principal.line,
    }


def _loaded(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(read_or_create(path, _new_pem), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} is not an Ed25519 key")
    return key


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


class TokenVerifier:
    """Turns a token into a principal. Tokens keep the wall clock, also in a simulation."""

    def __init__(self, public_key: bytes, *, services: bytes | None = None) -> None:
        """With the public key of the `services`, their passes are taken too: only where the services ask each other."""
        self._people = Ed25519PublicKey.from_public_bytes(public_key)
        self._services = Ed25519PublicKey.from_public_bytes(services) if services else None
        self._verified: OrderedDict[str, tuple[Principal, float]] = OrderedDict()
        self._lock = threading.Lock()

    def principal(self, token: str) -> Principal:
        """Raises Unauthenticated for a forged, foreign or expired token, or one that grants the platform's own role.

        Raises HandlingNotContractedOut for one that gives a contractor's staff what must not be contracted out, and
        LineDepartmentStandsAlone for one of a line's department without its line or with another role.
        """
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

    def with_services(self, public_key: bytes) -> "TokenVerifier":
        """One that takes passes of the services beside people's tokens."""
        return TokenVerifier(self._people.public_bytes_raw(), services=public_key)

    def _verify(self, token: str) -> tuple[Principal, float]:
        if self._services is not None:
            try:
                return _read(token, self._services, SERVICES_ISSUER)
            except Unauthenticated:
                pass  # then it is a person's, or nobody's
        principal, until = _read(token, self._people, ISSUER)
        if principal.has(Role.SYSTEM):
            raise Unauthenticated()
        check_roles(principal)
        return principal, until


def _read(token: str, key: Ed25519PublicKey, issuer: str) -> tuple[Principal, float]:
    """Raises Unauthenticated."""
    try:
        claims = jwt.decode(
            token, key, algorithms=[ALGORITHM], issuer=issuer, options={"require": ["sub", "exp", "iat"]}
        )
        roles = frozenset(Role(role) for role in claims["roles"])
        cities = frozenset(str(city) for city in claims["cities"])
        until = float(claims["exp"])
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
        raise Unauthenticated() from None
    principal = Principal(
        id=str(claims["sub"]),
        roles=roles,
        cities=cities,
        # Some providers write null for what they do not know of somebody.
        unit=str(claims.get("unit") or ""),
        citizen_id=str(claims.get("citizen") or ""),
        contractor=str(claims.get("contractor") or ""),
        line=str(claims.get("line") or ""),
    )
    return principal, until
