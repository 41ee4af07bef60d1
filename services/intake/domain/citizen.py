"""A citizen: the only place with their contact, sealed, and with the private half of their key, wrapped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.domain import Sealed
from services.intake.domain.errors import CitizenErased

PHONE, NAME, ADDRESS, IDENTITY = "citizen.phone", "citizen.name", "citizen.address", "citizen.identity_number"


@dataclass
class Citizen:
    """One person or company of one city; an anonymous caller is one of their own, without contact."""

    id: str
    city: str
    public_key: bytes
    # Wrapped by the key ring; empty once erased, and with it everything sealed to this citizen is gone for good.
    wrapped_key: bytes
    phone_hash: str = ""
    contact: dict[str, Sealed] | None = None
    created_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 0

    def learn(self, contact: dict[str, Sealed]) -> None:
        """What the newest contact tells; what it leaves out is kept."""
        self.check_not_erased()
        self.contact = {**(self.contact or {}), **contact}

    def check_not_erased(self) -> None:
        """Raises CitizenErased."""
        if self.erased_at is not None:
            raise CitizenErased()

    def erase(self, *, now: datetime) -> None:
        """Destroys the private half, the way to find them, and the contact."""
        self.check_not_erased()
        self.wrapped_key, self.phone_hash, self.contact, self.erased_at = b"", "", None, now


class Vault(Protocol):
    """What intake needs of cryptography; the key ring behind it never leaves."""

    def new_citizen(self, id: str, city: str, now: datetime) -> Citizen:
        """With a fresh key pair."""

    def seal(self, key: bytes, *, citizen_id: str, case_id: str, field: str, text: str) -> Sealed:
        """Seals with the public half."""

    def open(self, citizen: Citizen, sealed: Sealed, *, case_id: str) -> str:
        """Raises CitizenErased when the private half is gone."""

    def phone_hash(self, city: str, phone: str) -> str:
        """The keyed hash to keep, of a normalised number."""

    def phone_hashes(self, city: str, phone: str) -> list[str]:
        """Those to look for, newest key first."""

    def phone_fits(self, city: str, phone: str, kept: str) -> bool:
        """Whether a kept hash is that of the number."""

    def identity_hashes(self, city: str, number: str) -> list[str]:
        """The same of an identity number in capital letters; the first is the one to keep."""

    def seal_staff(self, id: str, text: str) -> bytes:
        """What belongs to no citizen, with the service's own key, bound to the id of what it stands in."""

    def open_staff(self, id: str, sealed: bytes) -> str:
        """Empty where nothing is kept any more. Raises CannotOpen."""
