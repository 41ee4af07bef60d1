"""Who read the people of a unit, as rows of dispatch's database."""

from chassis.privacy import mask
from chassis.work import Work
from services.dispatch.adapters.tables import staff_look


class StaffLookRows:
    def log(self, work: Work, *, city: str, unit: str, purpose: str) -> None:
        row = {
            "id": work.new_id(),
            "looked_at": work.now,
            "principal": work.principal.id,
            "city": city,
            "unit": unit,
            # A purpose is free text, and people write numbers into it.
            "purpose": mask(purpose),
        }
        work.write(staff_look, row)
