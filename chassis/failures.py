"""What goes wrong on our side or on the way, at every entry point alike."""

from chassis.domain import DomainError, Status


class Unexpected(DomainError):
    """A defect on our side; the log has it, the caller gets no internals."""

    status = Status.INTERNAL
    zh = "系统内部错误，已记录"
    en = "internal error, it has been logged"


class MessageTooLarge(DomainError):
    """More than one call may carry."""

    status = Status.RESOURCE_EXHAUSTED
    zh = "请求过大：{size_mib} MB，上限 {limit_mib} MB"
    en = "the request has {size_mib} MB, the limit is {limit_mib} MB"


class CallTooLate(DomainError):
    """The caller's deadline had passed before the work began."""

    status = Status.DEADLINE_EXCEEDED
    zh = "调用已超时"
    en = "the call's deadline has passed"
