"""Why a unit cannot follow its orders from where it says."""

from chassis.domain import DomainError, Status


class CursorUnknown(DomainError):
    """Not one of ours, or of a database that was put back to an earlier time."""

    status = Status.INVALID_ARGUMENT
    zh = "游标无效：请先用 ListWorkOrders 读取全部工单，再从空游标开始接收"
    en = "the cursor is unknown: begin with an empty one, and read all orders with ListWorkOrders"


class CursorTooOld(DomainError):
    """What came after it is no longer kept."""

    zh = "游标已超过 {days} 天，其后的变更不再保存：请先用 ListWorkOrders 读取全部工单，再从空游标开始接收"
    en = (
        "the cursor is older than {days} days, and what came after it is kept no longer: "
        "begin with an empty one, and read all orders with ListWorkOrders"
    )
