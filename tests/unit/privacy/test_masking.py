"""What masking must take away, and what it must leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.numbers import check_digit
from chassis.privacy import mask, normalise_phone

CHINESE = "零一二三四五六七八九"
SPOKEN = "〇幺两叁肆伍陆拐捌勾"
WIDE = "０１２３４５６７８９"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
ALPHABETS = ["0123456789", CHINESE, SPOKEN, WIDE, CIRCLED]
SEPARATORS = ["", " ", "-", "  ", "·", ".", "—", "　", "\u200b", " - ", "，", "/", "・", "。", "｡"]


def digits_of(text: str) -> str:
    """Every digit of the text, however it is written, in order."""
    found = ""
    for character in text:
        found += next((str(a.index(character)) for a in ALPHABETS if character in a), "")
    return found


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.from_regex(r"0591[2-9][0-9]{7}", fullmatch=True)
cuts = st.sampled_from([(3, 4, 4), (11,), (1,) * 11, (4, 4, 3), (3, 8), (5, 6), (3, 3, 5)])


@st.composite
def formatted_phones(draw: st.DrawFn) -> tuple[str, str]:
    number = draw(mobiles)
    separator, alphabet, written, at = draw(st.sampled_from(SEPARATORS)), draw(st.sampled_from(ALPHABETS)), [], 0
    for size in draw(cuts):
        written.append("".join(alphabet[int(d)] for d in number[at : at + size]))
        at += size
    prefix = draw(st.sampled_from(["", "+86", "+86 ", "0086", "电话：", "手机", "15 "]))
    return number, prefix + separator.join(written)


words = st.text(alphabet="我家门口路灯坏了请尽快修理谢谢电话，。 \n号是", max_size=30)


@given(formatted_phones(), words, words)
def test_a_formatted_mobile_number_never_survives(phone: tuple[str, str], before: str, after: str) -> None:
    number, written = phone
    masked = mask(before + written + after)
    assert number[-8:] not in digits_of(masked)
    assert len(digits_of(masked)) <= len(digits_of(before + after)) + 4


@given(landlines, st.sampled_from(["-", " ", "", "－", "—"]), words)
def test_a_landline_never_survives(number: str, separator: str, around: str) -> None:
    masked = mask(f"{around}{number[:4]}{separator}{number[4:8]} {number[8:]}{around}")
    assert number[4:] not in digits_of(masked)


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_can_be_masked(text: str, known: list[str]) -> None:
    mask(text, known)


@given(st.text(alphabet="0123456789-Xx 一二路灯年月日.", max_size=200))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "身份证350102199001011234",
        "35010219900101123x，",
        "３５０１０２１９９００１０１１２３Ｘ",
        "350102 19900101 123X",
        "卡号6222 0213 0400 1234 567",
        "卡号6222021304001234",
        "座机87654321",
        "电话是8765432。",
        "0591-8765 4321转801",
        "邮箱zhang.san@example.com",
    ],
)
def test_numbers_that_tell_a_person_go(text: str) -> None:
    assert not any(c.isdigit() for c in mask(text))
    assert "@" not in mask(text)


@pytest.mark.parametrize(
    "plate", ["闽A12345", "闽A·12345", "闽a1234f", "京AD12345", "闽A1234学", "闽 A12345", "闽Ａ１２３４５"]
)
def test_plates_go(plate: str) -> None:
    masked = mask(f"车牌{plate}违停")
    assert "12" not in masked
    assert "１２" not in masked
    assert "违停" in masked


@pytest.mark.parametrize(
    "text",
    [
        "2026年9月24日14点停电",
        "2026-09-24 14:05 停电",
        "欠薪12345678元",
        "12、13、14、15、16、17号楼",
        "拨打12345热线和110、119",
        "五四路88号路灯坏了",
        "2019-2020年",
        "我是高新区的居民",
        "GB50016标准",
        "",
    ],
)
def test_what_says_what_happened_stays(text: str) -> None:
    assert mask(text) == text


def test_a_case_number_stays_but_a_number_that_only_looks_like_one_goes() -> None:
    body = "350100-20260924-000123-"
    right = check_digit(body.replace("-", ""))
    wrong = str((int(right) + 1) % 10)
    assert mask(f"催一下{body}{right}") == f"催一下{body}{right}"
    assert body not in mask(f"催一下{body}{wrong}")


def test_the_cases_own_names_and_addresses_go_also_when_spaced_or_shortened() -> None:
    known = ["欧阳明月", "福建省福州市鼓楼区温泉街道五四路88号3座502室", "13800138000", "0591-87654321"]
    text = "我是欧阳 明月，欧阳明月先生住五四路88号3座502室（五四路８８号），鼓楼区温泉街道五四路88号3座502室"
    masked = mask(text, known)
    assert "明月" not in masked
    assert "502" not in masked
    assert "88" not in masked
    assert "８８" not in masked


@pytest.mark.parametrize(
    ("known", "text", "masked"),
    [
        ("John Smith", "i am john smith, call me", "i am ［姓名］, call me"),
        ("ivan ПЕТРОВ", "Иван, то есть IVAN Петров", "Иван, то есть ［姓名］"),
        ("张伟", "我叫张・伟。", "我叫［姓名］。"),
        ("五四路128号3座502室", "住3座502室", "住［地址］"),
        ("五四路128号2幢B座1单元502室", "在b座一单元502室", "在［地址］"),
        ("五四路128号3座502室", "502室的邻居，3座的电梯", "502室的邻居，3座的电梯"),
    ],
)
def test_what_is_known_goes_in_whatever_way_it_is_written(known: str, text: str, masked: str) -> None:
    assert mask(text, [known]) == masked


@pytest.mark.parametrize("written", ["1。3。8。0。0。1。3。8。0。0。0", "138｡0013｡8000", "138・0013・8000"])
def test_a_mobile_number_in_pieces_goes(written: str) -> None:
    assert mask(f"打{written}找我") == "打［电话］找我"


def test_numbers_of_two_sentences_are_not_one() -> None:
    said = "在12号楼502。2026年9月24日起停水"
    assert mask(said) == said


def test_a_name_given_by_the_speaker_goes_although_nobody_told_it() -> None:
    assert "李建国" not in mask("你好，我叫李建国，住在这里")


def test_an_identity_card_is_labelled_as_one() -> None:
    assert mask("证号350102199001011234") == "证号［身份证］"


@given(formatted_phones())
def test_a_formatted_mobile_number_normalises_to_its_digits(phone: tuple[str, str]) -> None:
    number, written = phone
    if not written.startswith(("电话", "手机", "15 ")) and not any(c in written for c in "，。｡"):
        assert normalise_phone(written) == number
