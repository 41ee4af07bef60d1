"""What is asked of intake.yaml about matters that partners handle."""

from cli.worked.asking import Found, asks
from cli.worked.bench import NOW, Bench
from cli.worked.experts import a_case
from services.intake.domain import partner
from services.intake.domain.partner import PartnerMatter, Told
from services.intake.domain.partner_rules import partner as platform_of
from services.intake.domain.parts import PartnerDecision, PartnerLink


@asks("intake.partners")
def shared(bench: Bench, *, platform: str, there: str, says: str, decision: str = "", refused_on: str = "") -> Found:
    """The same person has a matter there and calls; whether a seat is shown it, what it decides, and what follows."""
    rules, found = platform_of(bench.intake.partners, platform, bench.ref)
    city = bench.city.code
    one = PartnerMatter("matter-1", city, bench.ref, str(rules.basis), found.code, "XF-1", told_at=NOW)
    one.tell(Told("", there, "", "hash", ""), now=NOW)
    case = a_case(bench, says)
    shown = partner.alike(case, [one], bench.intake.duplicates.likeness)
    if decision:
        link = PartnerLink(one.id, one.platform, one.number, PartnerDecision(decision), "", "agent-1", NOW)
        partner.weigh(case, one, [one.id], link)
    if refused_on:
        case.refuse(
            bench.intake, refused_on, next_authority=partner.sent_to(case, refused_on, bench.intake.partners), now=NOW
        )
    elif decision == PartnerDecision.GOES_ON:
        case.accept(bench.intake, number="1", now=NOW)
    return {
        "shown": bool(shown),
        "state": str(case.state),
        "next_authority": case.next_authority,
        "linked_to": [link.number for link in case.partner_links],
        "basis": [one.basis],
    }
