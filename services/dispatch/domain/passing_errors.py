"""What can go wrong where an order is passed on below the unit, each with its own name."""

from chassis.domain import DomainError, Status


class NoSubDispatch(DomainError):
    zh = "规则包 {pack} 未规定单位内部转办"
    en = "pack {pack} knows no passing on below the unit"


class NotBelowTheUnit(DomainError):
    """Responsibility does not leave the unit, so the order does not leave what stands below it."""

    status = Status.INVALID_ARGUMENT
    zh = "{section} 不是 {unit} 的内设机构或下级，不能转办"
    en = "{section} does not stand below {unit}, so nothing can be passed on to it"


class PassedTooFar(DomainError):
    zh = "逐级转办最多 {depth} 级（{basis}）"
    en = "an order is passed on over {depth} levels at most ({basis})"


class BarredToPassOn(DomainError):
    """N25: what a department must do is not dispatched to the grass roots."""

    zh = "{unit} 的职责事项不得转交 {section} 办理（{basis}）"
    en = "what {unit} must do is not passed on to {section} ({basis})"


class PassedOnAlready(DomainError):
    zh = "已转办 {section}，尚未反馈"
    en = "it has been passed on to {section}, which has not replied yet"


class HasItsOwnPart(DomainError):
    zh = "{section} 是本工单的承办单位，不能再作为转办对象"
    en = "{section} has a part of its own in the order"


class SectionIsNoUnit(DomainError):
    """S24 art. 9: units name sub-units as handlers and stay responsible."""

    status = Status.INVALID_ARGUMENT
    zh = "{unit} 是内设机构，应派给其所属单位，由单位转办"
    en = "{unit} is a section: the order goes to its unit, which passes it on"


class NoDepartmentsDuty(DomainError):
    """N25: a town returns what a department must do, and names the department."""

    status = Status.INVALID_ARGUMENT
    zh = "以部门职责为由退单，须由乡镇、街道提出并指明职能部门（{basis}）"
    en = "only towns return a department's duty on this ground, and they name the department ({basis})"


class BackToTheGrassRoots(DomainError):
    status = Status.INVALID_ARGUMENT
    zh = "属于部门职责的事项不得再派给乡镇、街道 {unit}（{basis}）"
    en = "a department's duty does not go to the town {unit} again ({basis})"


class NothingToRaise(DomainError):
    """N25: shirked or badly handled cases are raised a level."""

    zh = "未达到提级办理的条件：退单 {returns} 次或办理超期（{basis}）"
    en = "not to be raised yet: only after {returns} agreed returns, or overdue ({basis})"


class NoRaising(DomainError):
    zh = "规则包 {pack} 未规定提级办理"
    en = "pack {pack} knows no raising of a level"


class NobodyAbove(DomainError):
    zh = "{unit} 没有可以提级办理的上级单位"
    en = "no unit above {unit} could handle it"
