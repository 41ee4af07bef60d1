"""Tokens: who may sign them, and whose are refused."""

import multiprocessing
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.access import HandlingNotContractedOut, LineDepartmentStandsAlone, Principal, Role, Unauthenticated
from chassis.clock import WallClock
from chassis.keyfiles import KeysUnusable
from chassis.tokens import PassSigner, TokenSigner, TokenVerifier

SEAT = Principal("seat-1", frozenset({Role.AGENT}), frozenset({"350100"}))


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    token = TokenSigner.load_or_create(tmp_path).issue(SEAT)
    assert TokenSigner.load_or_create(tmp_path).verifier.principal(token) == SEAT
    assert stat.S_IMODE((tmp_path / "token-key.pem").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["token-key.pem"]


def test_a_key_that_others_can_read_signs_nothing(tmp_path: Path) -> None:
    TokenSigner.load_or_create(tmp_path)
    (tmp_path / "token-key.pem").chmod(0o644)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        TokenSigner.load_or_create(tmp_path)


def issue(folder: Path) -> str:
    return TokenSigner.load_or_create(folder).issue(SEAT)


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("forkserver").Pool(4) as pool:
        tokens = pool.map(issue, [tmp_path] * 8, chunksize=1)
    verifier = TokenSigner.load_or_create(tmp_path).verifier
    assert {verifier.principal(token) for token in tokens} == {SEAT}


def test_expired_forged_and_system_tokens_are_refused(tmp_path: Path) -> None:
    signer, stranger = TokenSigner.load_or_create(tmp_path / "a"), TokenSigner.load_or_create(tmp_path / "b")
    yesterday = WallClock().now() - timedelta(days=1)
    system = Principal("service:intake", frozenset({Role.SYSTEM}), frozenset({"*"}))
    for token in (signer.issue(SEAT, now=yesterday), stranger.issue(SEAT), signer.issue(system), "no.token.atall"):
        with pytest.raises(Unauthenticated):
            signer.verifier.principal(token)


SERVICE = Principal("service:intake", frozenset({Role.SYSTEM}), frozenset({"*"}))


def test_services_are_known_by_passes_that_no_issuer_of_tokens_can_make(tmp_path: Path) -> None:
    people, services = TokenSigner.load_or_create(tmp_path), PassSigner.load_or_create(tmp_path)
    among_services = people.verifier.with_services(services.public_key)
    assert among_services.principal(services.sign(SERVICE)) == SERVICE
    assert among_services.principal(people.issue(SEAT)) == SEAT
    with pytest.raises(Unauthenticated):
        among_services.principal(people.issue(SERVICE))
    with pytest.raises(Unauthenticated):
        people.verifier.principal(services.sign(SERVICE))
    with pytest.raises(Unauthenticated):
        people.verifier.principal(services.sign(SEAT))


def test_a_pass_is_used_again_while_it_is_good(tmp_path: Path) -> None:
    services = PassSigner.load_or_create(tmp_path)
    assert services.sign(SERVICE) == services.sign(SERVICE)
    assert services.sign(SERVICE) != services.sign(SEAT)
    assert PassSigner.load_or_create(tmp_path).public_key == services.public_key
    assert stat.S_IMODE((tmp_path / "services-key.pem").stat().st_mode) == 0o600


BARRED = sorted(set(Role) - {Role.AGENT, Role.PORTAL, Role.PLATFORM, Role.SYSTEM})


@pytest.mark.parametrize("role", BARRED)
def test_a_contractors_staff_can_have_no_role_that_handles_cases(tmp_path: Path, role: Role) -> None:
    signer, seat = TokenSigner.load_or_create(tmp_path), replace(SEAT, contractor="甲呼叫中心")
    assert signer.verifier.principal(signer.issue(seat)) == seat
    with pytest.raises(HandlingNotContractedOut, match="甲呼叫中心"):
        signer.issue(replace(seat, roles=frozenset({Role.AGENT, role})))


def test_a_foreign_token_that_gives_a_contractor_such_a_role_is_refused_by_name() -> None:
    provider, now = Ed25519PrivateKey.generate(), WallClock().now()
    claims = {"iss": "huying", "sub": "d-1", "iat": now, "exp": now + timedelta(hours=1), "cities": ["350100"]}
    verifier = TokenVerifier(provider.public_key().public_bytes_raw())
    own = jwt.encode({**claims, "roles": ["dispatcher"]}, provider, algorithm="EdDSA")
    assert verifier.principal(own).has(Role.DISPATCHER)
    lent = jwt.encode({**claims, "roles": ["dispatcher"], "contractor": "甲呼叫中心"}, provider, algorithm="EdDSA")
    for _ in range(2):
        with pytest.raises(HandlingNotContractedOut, match="dispatcher"):
            verifier.principal(lent)


def test_null_in_a_foreign_token_says_nothing() -> None:
    provider, now = Ed25519PrivateKey.generate(), WallClock().now()
    claims = {"iss": "huying", "sub": "d-1", "iat": now, "exp": now + timedelta(hours=1), "cities": ["350100"]}
    nothing = {"roles": ["dispatcher"], "contractor": None, "unit": None, "citizen": None, "line": None}
    verifier = TokenVerifier(provider.public_key().public_bytes_raw())
    known = verifier.principal(jwt.encode(claims | nothing, provider, algorithm="EdDSA"))
    assert (known.contractor, known.unit, known.citizen_id, known.line) == ("", "", "", "")


DEPARTMENT = Principal("hr-1", frozenset({Role.LINE_DEPARTMENT}), frozenset({"*"}), line="12333")


def test_a_token_of_a_lines_department_carries_its_line(tmp_path: Path) -> None:
    signer = TokenSigner.load_or_create(tmp_path)
    assert signer.verifier.principal(signer.issue(DEPARTMENT)) == DEPARTMENT


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LINE_DEPARTMENT, Role.SYSTEM}))
def test_who_oversees_a_line_has_no_other_role(tmp_path: Path, role: Role) -> None:
    both = replace(DEPARTMENT, roles=DEPARTMENT.roles | {role}, unit="350100-human-resources")
    with pytest.raises(LineDepartmentStandsAlone):
        TokenSigner.load_or_create(tmp_path).issue(both)


def test_a_foreign_token_of_a_department_without_its_line_is_refused() -> None:
    provider, now = Ed25519PrivateKey.generate(), WallClock().now()
    claims = {"iss": "huying", "sub": "d-1", "iat": now, "exp": now + timedelta(hours=1), "cities": ["*"]}
    verifier = TokenVerifier(provider.public_key().public_bytes_raw())
    token = jwt.encode({**claims, "roles": ["line_department"]}, provider, algorithm="EdDSA")
    with pytest.raises(LineDepartmentStandsAlone):
        verifier.principal(token)
