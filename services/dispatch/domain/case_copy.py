"""What an order needs of its case."""

from dataclasses import dataclass, field

from services.dispatch.domain.errors import CitizenHidden
from services.dispatch.domain.routing.rules import CaseFacts


@dataclass
class CaseCopy:
    """What the order needs of its case; texts are masked, the key is the public half of the citizen's."""

    case_id: str
    number: str
    category: str
    item: str = ""
    area: str = ""
    respondent_unit: str = ""
    emergency_class: str = ""
    confidentiality: str = "normal"
    attributes: dict[str, str] = field(default_factory=dict)
    citizen_id: str = ""
    citizen_key: bytes = b""
    citizen_reachable: bool = False
    masked_subject: str = ""
    masked_text: str = ""
    # P18 art. 8(5): a repeat that the unit only explains.
    explain_only: bool = False
    # The tenant that accepted it, where that is not the order's own.
    home_city: str = ""

    @property
    def hides_citizen(self) -> bool:
        """F16 art. 33: units see nothing that may tell who the citizen is, such as a file of theirs."""
        return self.confidentiality != "normal"

    def check_shown_to(self, unit: str) -> None:
        """What the citizen told is hidden from a unit complained about too (F16 art. 34). Raises CitizenHidden."""
        if self.hides_citizen or self.respondent_unit == unit:
            raise CitizenHidden()

    def facts(self) -> CaseFacts:
        """The case as routing sees it."""
        return CaseFacts(
            category=self.category,
            item=self.item,
            area=self.area,
            respondent_unit=self.respondent_unit,
            emergency_class=self.emergency_class,
            attributes=self.attributes,
            subject=self.masked_subject,
            text=self.masked_text,
        )
