"""Telephone numbers as people write them."""

import pytest

from chassis.privacy import is_mobile, normalise_phone


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("一三八零零一三八零零零", "13800138000"),
        ("幺三八〇〇幺三八〇〇〇", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0591-87654321", "059187654321"),
        ("(0591) 8765 4321转801", "059187654321"),
        ("0591-87654321-801", "059187654321"),
        ("+86 591 8765 4321", "059187654321"),
        ("010-66554433", "01066554433"),
        ("400-601-2345", "4006012345"),
    ],
)
def test_a_number_has_one_normal_form(written: str, normal: str) -> None:
    assert normalise_phone(written) == normal


@pytest.mark.parametrize(
    "written", ["", "12345", "1380013800", "12800138000", "87654321", "abc", "02012345678", "1" * 61, "138\x0000138000"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    assert normalise_phone(written) is None


def test_a_local_number_takes_the_citys_area_code() -> None:
    assert normalise_phone("8765 4321", area_code="0591") == "059187654321"


def test_only_mobiles_receive_text_messages() -> None:
    assert is_mobile("13800138000")
    assert not is_mobile("059187654321")
