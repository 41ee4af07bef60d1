"""Who is competent for what the hotline does not handle is data."""

from pathlib import Path

import pytest

from chassis.policy import PolicyError
from services.dispatch.adapters.authorities import load_authorities

POLICIES = Path(__file__).resolve().parents[3] / "policies"
COURT = '  - {code: court, name: {zh: 人民法院, en: court}, telephone: "12368"}\n'


def test_the_citizen_is_told_the_name_and_the_telephone() -> None:
    known = load_authorities(POLICIES)
    assert known["discipline"] == "纪检监察机关（12388）"
    assert known["petitions"] == "信访部门"


def test_a_code_that_stands_twice_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "authorities.yaml").write_text(f"authorities:\n{COURT}{COURT}")
    with pytest.raises(PolicyError, match="court stands twice"):
        load_authorities(tmp_path)


def test_a_telephone_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "authorities.yaml").write_text(f"authorities:\n{COURT.replace('12368', 'ring us')}")
    with pytest.raises(PolicyError) as error:
        load_authorities(tmp_path)
    assert error.value.line == 2
