"""The written cases of the demonstration, typed on load."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

CASES = Path(__file__).parent / "cases"
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
CITIES = ("350100", "350200", "610926", "230500")


class DemoCasesError(Exception):
    """A case file that cannot be used, with its file and line."""

    def __init__(self, path: Path, line: int, zh: str, en: str) -> None:
        super().__init__(f"{path}:{line}: {zh} / {en}")
        self.path, self.line, self.zh, self.en = path, line, zh, en


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Move(StrEnum):
    """What the seat does with a registered case."""

    ACCEPT = "accept"
    ANSWER = "answer"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    JOIN = "join"


class Caller(_Written):
    """Who speaks; every name and number is made up. All empty: anonymous and not reachable."""

    name: str = ""
    phone: str = ""
    address: str = ""
    identity_number: str = ""

    @property
    def reachable(self) -> bool:
        return bool(self.phone)


class Then(_Written):
    """The seat's decision: exactly one move, with what it needs."""

    accept: bool = False
    answer: str = ""
    refuse: str = ""
    transfer: str = ""
    join: str = ""

    @model_validator(mode="after")
    def _one_move(self) -> Self:
        if len(self.model_fields_set) != 1 or not getattr(self, self.move):
            raise ValueError("exactly one of accept, answer, refuse, transfer, join, with its value")
        return self

    @property
    def move(self) -> Move:
        return Move(next(iter(self.model_fields_set), "accept"))


class Dispute(_Written):
    """Nobody clearly owns it: the ground, the steps of the ladder after its first, who comes, who must take it."""

    ground: str
    steps: tuple[str, ...] = Field(default=(), strict=False)
    units: tuple[str, ...] = Field(default=(), strict=False)
    lead: str


class OtherLaw(_Written):
    """A document that says another limit, with its place in it."""

    rank: Literal["law", "regulation", "rule", "normative_document"]
    title: str
    article: str
    limit_amount: int = Field(ge=1)
    limit_unit: Literal["working_day", "calendar_day", "working_hour", "clock_hour"]


class Told(StrEnum):
    """What a case is told whole for on the page, beside the one that crosses National Day."""

    SUPERVISION = "supervision"
    DISPUTE = "dispute"
    EXTENSIONS = "extensions"
    CORRECTION = "correction"
    OTHER_LAW = "other_law"


class Story(_Written):
    """Hints for the actors: what goes wrong, or takes longer, on the way of this case."""

    return_not_ours: bool = False
    return_refused: bool = False
    extend: int = Field(default=0, ge=0, le=3, description="how many extensions the unit asks for")
    extension_refused: int = Field(default=0, ge=0, le=3, description="which of them the office refuses; 0: none")
    correct_to: str = Field(default="", description="the category that it turns out to be of")
    other_law: OtherLaw | None = None
    dispute: Dispute | None = None
    late_sign: bool = False
    breach: bool = False
    send_back: bool = False
    dissatisfied: bool = False
    redo: bool = False
    withdraw: bool = False
    no_rating: bool = False
    co_units: tuple[str, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.redo and not self.dissatisfied:
            raise ValueError("redo needs dissatisfied: only a dissatisfied citizen leads to a redo")
        if self.return_refused and not self.return_not_ours:
            raise ValueError("return_refused needs return_not_ours")
        if self.extension_refused > self.extend:
            raise ValueError("extension_refused names an application that extend does not ask for")
        return self


class DemoCase(_Written):
    """One contact of a citizen, as they say it, and what becomes of it."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,40}$")
    city: Literal["350100", "350200", "610926", "230500"]
    at: datetime = Field(strict=False)
    channel: Literal["phone", "web", "sms", "app", "platform"] = "phone"
    category: Literal["consultation", "complaint", "help", "suggestion", "report", "praise"]
    subject: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=5000)
    caller: Caller = Caller()
    item: str = Field(default="", pattern=r"^(0[1-9]|[1-8][0-9]|90)?$")
    area: str = ""
    attributes: Mapping[str, str] = {}
    emergency_class: Literal["", "urgent", "sudden", "special", "special_urgent"] = ""
    respondent_unit: str = ""
    own_rights_claim: bool = False
    then: Then = Then(accept=True)
    story: Story = Story()
    tells: Told | None = Field(default=None, strict=False)

    @property
    def instant(self) -> datetime:
        """The moment of the contact, in UTC."""
        return self.at.replace(tzinfo=CHINA).astimezone(UTC)


def load_cases(folder: Path = CASES) -> list[DemoCase]:
    """Every case of the folder in order of time; an unknown key or a broken reference names its file and line."""
    found: dict[str, tuple[DemoCase, Path, int]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for case, line in _read(path):
            if case.key in found:
                raise DemoCasesError(path, line, f"编号重复：{case.key}", f"the key {case.key} is used twice")
            found[case.key] = (case, path, line)
    for case, path, line in found.values():
        _check_join(case, found.get(case.then.join, (None,))[0], path, line)
    return sorted((case for case, _, _ in found.values()), key=lambda case: (case.at, case.key))


def _read(path: Path) -> Iterator[tuple[DemoCase, int]]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DemoCasesError(path, line, "无法解析的 YAML", f"not YAML: {error.problem}") from error
    if not isinstance(root, yaml.MappingNode):
        raise DemoCasesError(path, 1, "应为映射：city 与 cases", "expected a mapping with city and cases")
    top = {key.value: value for key, value in root.value}
    for key, _ in root.value:
        if key.value not in ("city", "cases"):
            raise DemoCasesError(path, key.start_mark.line + 1, f"未知的键：{key.value}", f"unknown key {key.value}")
    if "city" not in top or not isinstance(top.get("cases"), yaml.SequenceNode):
        raise DemoCasesError(path, 1, "缺少 city 或 cases", "city or cases is missing")
    for node in top["cases"].value:
        yield _typed(path, top["city"].value, node), node.start_mark.line + 1


def _typed(path: Path, city: str, node: yaml.Node) -> DemoCase:
    if not isinstance(node, yaml.MappingNode):
        raise DemoCasesError(path, node.start_mark.line + 1, "每个案例应为映射", "a case is a mapping")
    plain: dict[str, Any] = {"city": city, **_plain(node)}
    if plain.get("then") == "accept":
        plain["then"] = {"accept": True}
    try:
        return DemoCase.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or plain.get("key", "case")
        line = _line_of(node, first["loc"])
        reason = "未知的键" if first["type"] == "extra_forbidden" else "值不合规"
        raise DemoCasesError(path, line, f"{where}：{reason}", f"{where}: {first['msg']}") from error


def _plain(node: yaml.Node) -> dict[str, Any]:
    loader = yaml.SafeLoader("")
    try:
        return dict(loader.construct_document(node))
    finally:
        loader.dispose()


def _line_of(node: yaml.Node, location: tuple[int | str, ...]) -> int:
    line = node.start_mark.line
    for part in location:
        if not isinstance(node, yaml.MappingNode):
            break
        entry = next(((key, value) for key, value in node.value if key.value == part), None)
        if entry is None:
            break
        line, node = entry[0].start_mark.line, entry[1]
    return line + 1


def _check_join(case: DemoCase, main: DemoCase | None, path: Path, line: int) -> None:
    if not case.then.join:
        return
    if main is None:
        raise DemoCasesError(
            path, line, f"并单的案例不存在：{case.then.join}", f"joins an unknown case {case.then.join}"
        )
    if main.city != case.city or main.at >= case.at:
        raise DemoCasesError(path, line, "只能并入本市更早的诉求", "joins a case of another city or a later one")
