"""What is written about a contested fact may tell of the citizen: it goes when the citizen is erased."""

from chassis.erasure import forget_answers
from chassis.work import By, Work
from services.sla.application.foreign import CitizenErased
from services.sla.application.reactions import reactions
from services.sla.domain.appeals import Appeal, Exclusion


@reactions.on(
    "intake.citizen_erased.v1",
    loads=lambda e: [By(Appeal, "case_id", e.case_id), By(Exclusion, "case_id", e.case_id)],
)
def erase_texts(event: CitizenErased, work: Work) -> None:
    """The facts and their decisions stay: the figures rest on them."""
    appeals = work.find_by(Appeal, "case_id", event.case_id)
    exclusions = work.find_by(Exclusion, "case_id", event.case_id)
    contested: list[Appeal | Exclusion] = [*appeals, *exclusions]
    for one in contested:
        one.erase()
        work.save(one)
    if contested:
        forget_answers(work, [one.id for one in contested])
