"""What dispatch refuses about the people whom a unit registers, and why."""

from chassis.domain import DomainError, Status


class TooFewStaff(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "备案人员不足：{part} 应至少 {wanted} 名，现有 {found} 名（{basis}）"
    en = "too few are registered: at least {wanted} as {part}, there are {found} ({basis})"


class NothingRegistered(DomainError):
    zh = "该单位尚未备案人员"
    en = "the unit has registered nobody yet"
