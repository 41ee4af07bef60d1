"""The supervisors learn of a mark and of its end; the unit and the citizen do not."""

from tests.integration.notify.conftest import Desk


def test_the_supervisors_are_told_and_nobody_else(desk: Desk) -> None:
    desk.accepted()
    desk.dispatched()
    before = len(desk.messages())
    desk.hear("intake.case_marked", kind="sensitive", marked_at=desk.clock.now())
    desk.hear("intake.case_unmarked", kind="sensitive", unmarked_at=desk.clock.now())
    told = desk.messages()[before:]
    assert [(m.audience, m.template) for m in told] == [
        ("supervisors", "case_marked"),
        ("supervisors", "case_unmarked"),
    ]
    assert "number-of-case-1 已标注“敏感事项”" in told[0].text
