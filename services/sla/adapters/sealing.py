"""Sealing with the service's own key."""

from dataclasses import dataclass

from chassis.privacy import KeyRing


@dataclass(frozen=True)
class KeySealing:
    """Texts of units and names of staff, each bound to its record and field."""

    keys: KeyRing

    def own(self, id: str, field: str, text: str) -> bytes:
        return self.keys.seal_own(f"sla|{id}|{field}", text.encode()) if text else b""

    def open_own(self, id: str, field: str, sealed: bytes) -> str:
        return self.keys.open_own(f"sla|{id}|{field}", sealed).decode() if sealed else ""
