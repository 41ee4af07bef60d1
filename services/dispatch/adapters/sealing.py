"""Sealing with the keys of the platform and of the citizen."""

from dataclasses import dataclass

from chassis.domain import Sealed
from chassis.privacy import KeyRing, seal
from services.dispatch.domain.work_order import WorkOrder


@dataclass(frozen=True)
class KeySealing:
    """Texts to the citizen's public key, names of staff with the service's own."""

    keys: KeyRing

    def to_citizen(self, order: WorkOrder, field: str, text: str) -> Sealed | None:
        case = order.case
        if not text or not case.citizen_key:
            return None
        return seal(case.citizen_key, citizen_id=case.citizen_id, case_id=case.case_id, field=field, text=text)

    def own(self, order: WorkOrder, field: str, text: str) -> bytes:
        return self.keys.seal_own(_context(order, field), text.encode()) if text else b""

    def open_own(self, order: WorkOrder, field: str, sealed: bytes) -> str:
        return self.keys.open_own(_context(order, field), sealed).decode()

    def of_staff(self, id: str, text: str) -> bytes:
        return self.keys.seal_own(f"dispatch|staff|{id}", text.encode()) if text else b""

    def open_staff(self, id: str, sealed: bytes) -> str:
        return self.keys.open_own(f"dispatch|staff|{id}", sealed).decode() if sealed else ""


def _context(order: WorkOrder, field: str) -> str:
    return f"dispatch|{order.id}|{field}"
