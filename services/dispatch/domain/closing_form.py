"""办结: what the closing form must hold beside what every pack wants: the decision to file, the class of a redo."""

from collections.abc import Mapping
from datetime import date

from services.dispatch.domain.errors import FieldRequired, ValueNotAllowed
from services.dispatch.domain.regime import FormRules, RedoRules
from services.dispatch.domain.states import Filing
from services.dispatch.domain.work_order import WorkOrder

OF_FILING = ("filing_number", "filing_date", "filing_document")


def check_filing(order: WorkOrder, form: Mapping[str, str], rules: FormRules, *, today: date) -> None:
    """Filed: its number and date or its document; not filed: the reason and the law. Raises as `check_form`."""
    filing = Filing(form.get("filing", ""))
    if filing is not Filing.FILED and any(form.get(field) for field in OF_FILING):
        raise ValueNotAllowed(field="filing", value=str(filing))
    if filing is not Filing.NOT_FILED and form.get("not_filed_reason"):
        raise ValueNotAllowed(field="filing", value=str(filing))
    groups = rules.filing.wanted.get(filing, ()) if rules.filing else ()
    if rules.filing and groups and not any(all(form.get(field) for field in group) for group in groups):
        missing = next(field for field in sorted(groups[0]) if not form.get(field))
        raise FieldRequired(field=missing, basis=str(rules.filing.basis))
    _check_date(form.get("filing_date", ""), today)
    document = form.get("filing_document", "")
    if document and document not in {file.id for file in order.attachments}:
        raise ValueNotAllowed(field="filing_document", value=document)


def _check_date(said: str, today: date) -> None:
    try:
        known = not said or date.fromisoformat(said) <= today
    except ValueError:
        known = False
    if not known:
        raise ValueNotAllowed(field="filing_date", value=said)


def check_redo_class(order: WorkOrder, form: Mapping[str, str], rules: RedoRules) -> None:
    """A redo names its class where the pack has classes (P18 art. 19), and the statement that the class wants."""
    code, redone = form.get("redo_class", ""), order.round > 1 and bool(rules.classes)
    if not redone:
        if code or form.get("statement"):
            raise ValueNotAllowed(field="redo_class", value=code)
        return
    if not code:
        raise FieldRequired(field="redo_class", basis=str(next(iter(rules.classes.values())).basis))
    if code not in rules.classes:
        raise ValueNotAllowed(field="redo_class", value=code)
    if rules.classes[code].statement and not form.get("statement"):
        raise FieldRequired(field="statement", basis=str(rules.classes[code].basis))
