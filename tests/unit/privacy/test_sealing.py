"""Keys, seals and hashes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.numbers import check_digit, is_valid
from chassis.privacy import (
    CannotOpen,
    KeyRing,
    KeysUnusable,
    ReplyBox,
    all_hashes,
    hash_fits,
    keyed_hash,
    new_key_pair,
    open_sealed,
    seal,
    seal_answer,
)
from chassis.privacy.keyring import new_entry

PAIR = new_key_pair()
RING = KeyRing.fresh()


@given(st.text())
def test_what_is_sealed_opens_for_its_citizen_case_and_field(text: str) -> None:
    sealed = seal(PAIR.public, citizen_id="c", case_id="k", field="case.text", text=text)
    assert open_sealed(PAIR, sealed, case_id="k") == text


def test_a_seal_cannot_be_moved_to_another_citizen_case_field_or_key() -> None:
    sealed = seal(PAIR.public, citizen_id="c", case_id="k", field="f", text="秘密")
    for moved, case, keys in [
        (replace(sealed, citizen_id="d"), "k", PAIR),
        (replace(sealed, field="g"), "k", PAIR),
        (sealed, "other", PAIR),
        (sealed, "k", new_key_pair()),
        (replace(sealed, ciphertext=sealed.ciphertext[:-1] + b"\0"), "k", PAIR),
        (replace(sealed, ciphertext=b""), "k", PAIR),
    ]:
        with pytest.raises(CannotOpen):
            open_sealed(keys, moved, case_id=case)


@given(st.binary(max_size=300))
def test_a_services_own_value_opens_under_its_context_alone(value: bytes) -> None:
    sealed = RING.seal_own("answer", value)
    assert RING.open_own("answer", sealed) == value
    with pytest.raises(CannotOpen):
        RING.open_own("other", sealed)


@given(st.binary(max_size=80))
def test_rubbish_does_not_open(value: bytes) -> None:
    with pytest.raises(CannotOpen):
        RING.open_own("answer", value)


def test_after_a_rotation_old_values_open_and_new_ones_take_the_new_key() -> None:
    first = new_entry("2026a")
    old, new = KeyRing.parse(first), KeyRing.parse(f"{first}\n{new_entry('2026b')}")
    sealed = old.seal_own("x", b"1")
    assert new.open_own("x", sealed) == b"1"
    assert new.newest == "2026b"
    with pytest.raises(CannotOpen):
        old.open_own("x", new.seal_own("x", b"1"))
    kept = keyed_hash(old, "phone", "13800138000")
    assert kept in all_hashes(new, "phone", "13800138000")
    assert hash_fits(new, "phone", "13800138000", kept)
    assert not hash_fits(new, "phone", "13900139000", kept)
    assert not hash_fits(new, "phone", "13800138000", "")


def test_hashes_of_different_purposes_differ() -> None:
    assert keyed_hash(RING, "phone", "1") != keyed_hash(RING, "request", "1")


def test_the_first_start_makes_a_key_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    ring = KeyRing.load(tmp_path, {})
    file = tmp_path / "keys"
    assert file.stat().st_mode & 0o777 == 0o600
    assert KeyRing.load(tmp_path, {}).keys == ring.keys
    file.chmod(0o644)
    with pytest.raises(KeysUnusable):
        KeyRing.load(tmp_path, {})


def test_the_name_of_a_new_key_file_survives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    link, sync = os.link, os.fsync
    monkeypatch.setattr(os, "link", lambda *paths: (done.append("link"), link(*paths)))
    monkeypatch.setattr(os, "fsync", lambda file: (done.append(os.readlink(f"/proc/self/fd/{file}")), sync(file)))
    KeyRing.load(tmp_path, {})
    assert done[1:] == ["link", str(tmp_path)]


def test_a_first_ring_can_be_refused_and_an_old_one_is_read_all_the_same(tmp_path: Path) -> None:
    def refuse() -> None:
        raise KeysUnusable("the database is full")

    with pytest.raises(KeysUnusable, match="full"):
        KeyRing.load(tmp_path, {}, before_making=refuse)
    assert not (tmp_path / "keys").exists()
    ring = KeyRing.load(tmp_path, {})
    assert KeyRing.load(tmp_path, {}, before_making=refuse) == ring


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    assert KeyRing.load(tmp_path, {"HUYING_KEYS": new_entry("env")}).newest == "env"
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("text", ["k1", "k1:abc", "k1:YWJj", "k 1:", ""])
def test_a_ring_that_cannot_be_read_stops_the_start(text: str) -> None:
    with pytest.raises(KeysUnusable):
        KeyRing.parse(text)


def test_keys_are_not_printed() -> None:
    assert "YWFh" not in repr(RING)
    assert b"\0" not in repr(PAIR).encode()
    assert "private" not in repr(PAIR)


def test_an_answer_opens_only_for_its_asker() -> None:
    box, other = ReplyBox(), ReplyBox()
    answer = seal_answer(box.public_key, {"phone": "13800138000"})
    assert box.open(answer) == {"phone": "13800138000"}
    with pytest.raises(CannotOpen):
        other.open(answer)


@given(st.from_regex(r"[0-9]{20}", fullmatch=True), st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, at: int, shift: int) -> None:
    number = digits + check_digit(digits)
    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert is_valid(number)
    assert not is_valid(wrong)
