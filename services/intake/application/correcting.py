"""What is put right, or limited otherwise, after a case was accepted."""

from chassis.access import Role
from chassis.privacy import mask
from chassis.work import Work
from services.intake.application.masking import known_of
from services.intake.application.messages import CorrectCase, LiftCaseLimit, SetCaseLimit
from services.intake.application.ports import Regimes
from services.intake.application.registering import check_place, item_code
from services.intake.application.tables import case_of, commands
from services.intake.application.views import CaseView, saved
from services.intake.domain import correcting
from services.intake.domain.citizen import Vault
from services.intake.domain.parts import CaseLimit


@commands.on(CorrectCase, roles={Role.AGENT, Role.DISPATCHER})
def correct_case(cmd: CorrectCase, work: Work, *, regimes: Regimes) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    correcting.check_in_hand(case)
    if not work.principal.has(Role.DISPATCHER):
        correcting.check_seat(case)
    regime = regimes.of(case.city, case.pack)
    old = correcting.Facts.of(case)
    new = correcting.Facts(
        category=regime.rules.category(old.category if cmd.category is None else cmd.category).code,
        item=old.item if cmd.item is None else item_code(cmd.item),
        area=old.area if cmd.area is None else cmd.area,
        emergency_class=old.emergency_class if cmd.emergency_class is None else cmd.emergency_class,
    )
    check_place(regime, item=new.item, area=new.area, emergency_class=new.emergency_class)
    work.save(case, *correcting.correct(case, new, regime.rules, by=work.principal.id, now=work.now))
    return saved(case, to_staff=True)


@commands.on(SetCaseLimit, roles={Role.DISPATCHER, Role.SUPERVISOR})
def set_case_limit(cmd: SetCaseLimit, work: Work, *, regimes: Regimes, vault: Vault) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    correcting.check_in_hand(case)
    limit = CaseLimit(
        ground=cmd.ground,
        set_at=work.now,
        rank=cmd.rank,
        # It travels in clear; the name of a law holds nobody's name, yet people type.
        title=mask(cmd.title, known_of(case, work.as_it_stands, vault)) if cmd.title else "",
        article=cmd.article,
        amount=cmd.limit_amount,
        unit=cmd.limit_unit,
        due_at=cmd.due_time,
    )
    rules = regimes.of(case.city, case.pack).rules
    work.save(case, *correcting.set_limit(case, limit, rules, by=work.principal.id))
    return saved(case, to_staff=True)


@commands.on(LiftCaseLimit, roles={Role.DISPATCHER, Role.SUPERVISOR})
def lift_case_limit(cmd: LiftCaseLimit, work: Work) -> CaseView:
    case = case_of(work, cmd.name, version=cmd.version)
    correcting.check_in_hand(case)
    work.save(case, *correcting.lift_limit(case, cmd.ground, by=work.principal.id, now=work.now))
    return saved(case, to_staff=True)
