"""Rule packs: what starts, holds, moves and stops each clock, how long it runs. Regimes differ only in these."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from chassis.policy import Basis, Policy, Words
from services.sla.domain.limits import Limit, Yellow


def _read_limit(text: Any) -> Limit:
    if isinstance(text, Limit):
        return text
    return Limit.parse(str(text))


def _many(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,)


LegalLimit = Annotated[Limit, PlainValidator(_read_limit)]
Names = Annotated[tuple[str, ...], BeforeValidator(_many)]
# The words of dispatch's events; "none" where the event names none.
Roles = Annotated[tuple[Literal["lead", "co", "fallback_lead", "none"], ...], BeforeValidator(_many)]
ReturnKinds = Annotated[
    tuple[Literal["not_ours", "out_of_scope", "department_duty", "none"], ...], BeforeValidator(_many)
]
OwnGround = Literal["other_law", "agreement", "upstream", "leader"]
ExtensionHows = Annotated[tuple[Literal["filing", "approval", "none"], ...], BeforeValidator(_many)]
EventName = Annotated[str, Field(pattern=r"^(intake|dispatch|knowledge)\.[a-z_]+$")]
Events = Annotated[tuple[EventName, ...], BeforeValidator(_many)]


class Watches(StrEnum):
    """What a clock belongs to; with kind, round and occurrence it is the clock's natural key."""

    CASE = "case"
    ORDER = "order"
    ASSIGNMENT = "assignment"
    EXTENSION = "extension"
    SUPERVISION = "supervision"
    POLICY = "policy"
    CALL = "call"
    ARTICLE = "article"


class Judges(StrEnum):
    """Whom a breach counts against."""

    UNIT = "unit"
    OFFICE = "office"
    CITY = "city"
    CITIZEN = "citizen"


class Kpi(StrEnum):
    """The rate that a clock's facts feed."""

    NONE = "none"
    ON_TIME_SIGN = "on_time_sign"
    RESPONSE = "response"
    ON_TIME = "on_time"
    CASE_ON_TIME = "case_on_time"
    SUPERVISION_REPLY = "supervision_reply"
    KNOWLEDGE = "knowledge_upkeep"


class When(Policy):
    """Conditions on the facts of a case or order; an absent one holds always."""

    category: Names = ()
    # Classes of the pack; "none" means no emergency.
    emergency_class: Names = ()
    on_list: bool | None = None
    redo: bool | None = None
    explain_only: bool | None = None
    reachable: bool | None = None
    return_kind: ReturnKinds = ()
    extension: ExtensionHows = ()
    role: Roles = ()
    # A step of the ladder in the pack's dispatch.yaml.
    dispute_step: Names = ()
    # Of a supervision: its ground, and whether a written reply is owed.
    supervision: Names = ()
    written_reply: bool | None = None
    # Whether a call is owed a call-back.
    call_back: bool | None = None


class Entry(Policy):
    """One limit with its conditions and article; the first entry that fits is taken."""

    when: When = When()
    limit: LegalLimit
    # The clock ends at the earlier of both limits.
    at_most: LegalLimit | None = None
    basis: Basis


class Asks(StrEnum):
    """What the last moment is for that a unit is reminded of."""

    RETURN = "return"
    EXTENSION = "extension"


class Remind(Policy):
    """A notice so long before the last moment to ask: the end of a window, or the last moment for an extension."""

    of: Asks
    ahead: LegalLimit
    basis: Basis


class Extension(Policy):
    """How much of the limit must still lie ahead when an extension is asked for; absent: until the deadline itself."""

    lead: LegalLimit | None = None
    # After so many grants, or applications, there is no last moment any more; absent: always one.
    count: Annotated[int, Field(ge=1)] | None = None
    counted: Literal["grants", "applications"] = "grants"
    barred: When | None = None
    basis: Basis


class Hold(Policy):
    """The clock stands still between two events and goes on as of its old deadline."""

    starts: EventName
    ends: Events


class Floor(Policy):
    """The least time that a change of the case's facts leaves, counted from it; the first entry that fits is taken."""

    when: When = When()
    limit: LegalLimit
    basis: Basis


class Correction(Policy):
    """Corrected facts of the case: the clock is counted anew, from its own start, by the limit that fits them."""

    by: EventName
    never_before: tuple[Floor, ...] = ()
    # A clock that only the corrected facts ask for starts at the correction.
    starts: bool = False
    # What was overdue before the facts asked for something else stays so; else a breach goes with its clock.
    breach_stays: bool = False


class OwnLimitRule(Policy):
    """Whether another limit of a case governs always or only where it is the earlier, and how much time it leaves."""

    ground: OwnGround
    name: Words
    only_if_earlier: bool
    # Of limits that are counted from the start of a clock.
    never_before: tuple[Floor, ...] = ()
    basis: Basis


class Before(Policy):
    """A deadline set before that of another clock of the same order, but never before a share of the time."""

    kind: str
    by: LegalLimit
    not_before_percent: Annotated[int, Field(ge=1, le=99)]


class ClockRule(Policy):
    """One kind of clock."""

    kind: str
    name: Words
    watches: Watches
    judges: Judges
    kpi: Kpi = Kpi.NONE
    starts_on: Events
    # Field of the starting event that holds the instant; absent: the event's own instant.
    starts_at: str = ""
    when: When = When()
    # Clocks whose limits run first, such as dispatch before the citizen's.
    after: Names = ()
    # An event that puts the start of the limit at its own instant, if that makes it earlier.
    restarts_on: Events = ()
    limits: tuple[Entry, ...]
    before: Before | None = None
    stops_on: Events
    # Fields of the stopping event; the latest of them decides whether the act was in time.
    judged_by: tuple[str, ...] = ()
    # A window ends in silence: letting it pass breaks no duty (returns).
    window: bool = False
    cancels_on: Events = ()
    # Force majeure takes the breach away.
    voids_on: Events = ()
    holds: tuple[Hold, ...] = ()
    moves_on: Events = ()
    extension: Extension | None = None
    remind: Remind | None = None
    # A deadline that another platform set for the case governs when it is earlier.
    upstream: bool = False
    corrected: Correction | None = None
    # Events that tell of other limits of the case; what they do says `own_limits` of the pack.
    own_limits_on: Events = ()

    @property
    def uses_on(self) -> tuple[str, ...]:
        """What uses an extension up: the grant, or already the application that holds the clock until it."""
        if self.extension is None or self.extension.counted == "grants":
            return self.moves_on
        return tuple(hold.starts for hold in self.holds if set(hold.ends) & set(self.moves_on))


class Lights(Policy):
    """When the yellow light comes."""

    share: Annotated[int, Field(ge=1, le=99)]
    working_days_before: Annotated[int, Field(ge=1)]
    not_before: Annotated[int, Field(ge=1, le=99)]
    share_of_hours: Annotated[int, Field(ge=1, le=99)]
    basis: Basis

    def yellow(self) -> Yellow:
        return Yellow(self.share, self.working_days_before, self.not_before, self.share_of_hours)


class ExampleFacts(Policy):
    """The facts of a worked example."""

    category: str = ""
    item: str = ""
    emergency_class: str = ""
    round: Annotated[int, Field(ge=1)] = 1
    explain_only: bool = False
    dispute_step: str = ""
    supervision: str = ""


LocalTime = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")]


class ExampleCorrection(Policy):
    """The facts of a worked example as they are corrected later."""

    at: LocalTime
    to: ExampleFacts


class ExampleOwnLimit(Policy):
    """Another limit that the case of a worked example gets: counted from the start, or a fixed moment."""

    at: LocalTime
    ground: OwnGround
    limit: LegalLimit | None = None
    due: LocalTime | None = None


class Example(Policy):
    """A worked example: a start, local time, what changed later, and the deadline that must come out."""

    kind: str
    facts: ExampleFacts = ExampleFacts()
    start: LocalTime
    corrected: ExampleCorrection | None = None
    own_limit: ExampleOwnLimit | None = None
    due: LocalTime
    # The notice before the last moment to ask; absent: not looked at.
    remind: LocalTime | Literal[""] = ""
    note: Words


class CallRates(Policy):
    """What a prompt answer of a call is, counted from its place in the queue."""

    prompt_seconds: Annotated[int, Field(ge=1, le=600)]
    basis: Basis


class SlaRules(Policy):
    """``packs/<name>/sla.yaml``: the clocks of one regime."""

    pack: str
    lights: Lights
    clocks: Annotated[tuple[ClockRule, ...], Field(min_length=1)]
    own_limits: tuple[OwnLimitRule, ...] = ()
    # Without it no share of prompt answers is counted.
    calls: CallRates | None = None
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]
