"""The vault on the key ring and libsodium."""

from datetime import datetime

from chassis.domain import Sealed
from chassis.privacy import KeyPair, KeyRing, all_hashes, hash_fits, keyed_hash, new_key_pair, open_sealed, seal
from services.intake.domain.citizen import Citizen
from services.intake.domain.errors import CitizenErased


class RingVault:
    """Wraps each citizen's private half with the platform's own newest key."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def new_citizen(self, id: str, city: str, now: datetime) -> Citizen:
        pair = new_key_pair()
        wrapped = self._ring.seal_own(_wrapping(id), pair.private)
        return Citizen(id=id, city=city, public_key=pair.public, wrapped_key=wrapped, created_at=now)

    def seal(self, key: bytes, *, citizen_id: str, case_id: str, field: str, text: str) -> Sealed:
        return seal(key, citizen_id=citizen_id, case_id=case_id, field=field, text=text)

    def open(self, citizen: Citizen, sealed: Sealed, *, case_id: str) -> str:
        if not citizen.wrapped_key:
            raise CitizenErased()
        private = self._ring.open_own(_wrapping(citizen.id), citizen.wrapped_key)
        return open_sealed(KeyPair(citizen.public_key, private), sealed, case_id=case_id)

    def phone_hash(self, city: str, phone: str) -> str:
        return keyed_hash(self._ring, _purpose(city), phone)

    def phone_hashes(self, city: str, phone: str) -> list[str]:
        return all_hashes(self._ring, _purpose(city), phone)

    def phone_fits(self, city: str, phone: str, kept: str) -> bool:
        return hash_fits(self._ring, _purpose(city), phone, kept)

    def identity_hashes(self, city: str, number: str) -> list[str]:
        return all_hashes(self._ring, f"identity/{city}", number)

    def seal_staff(self, id: str, text: str) -> bytes:
        return self._ring.seal_own(_staff(id), text.encode())

    def open_staff(self, id: str, sealed: bytes) -> str:
        return self._ring.open_own(_staff(id), sealed).decode() if sealed else ""


def _staff(id: str) -> str:
    return f"intake|staff|{id}"


def _wrapping(citizen_id: str) -> str:
    return f"citizen-key/{citizen_id}"


def _purpose(city: str) -> str:
    # By city, so that the tables of two cities cannot be laid side by side.
    return f"phone/{city}"
