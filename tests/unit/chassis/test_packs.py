"""A released version of a rule pack stays as it was, and stays loaded beside the one that new cases follow."""

import hashlib
import shutil
from pathlib import Path

import pytest

from chassis.packs import SUMS, AlreadyReleased, load_packs, release
from chassis.policy import PolicyError, load_cities
from chassis.settings import ROOT

NAME = "fujian-2016"


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    for folder in ("packs", "cities"):
        shutil.copytree(ROOT / "policies" / folder, tmp_path / folder)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def raised(policies: Path, version: str) -> None:
    """The pack's own line of its version; new cases follow it from now on."""
    change(policies / "packs" / NAME / "pack.yaml", "version: 1.0.0", f"version: {version}")


def faults(policies: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load_packs(policies)
    return [f"{problem.file.relative_to(policies)}:{problem.line}" for problem in caught.value.problems]


def test_a_released_version_stays_loaded_beside_the_new_one(policies: Path) -> None:
    release(policies, NAME)
    raised(policies, "1.1.0")
    packs = load_packs(policies)
    alone = {ref for ref in packs.folders if ref.startswith(NAME) and "+" not in ref}
    assert alone == {f"{NAME}@1.0.0", f"{NAME}@1.1.0"}
    assert packs.of(load_cities(policies)["350100"]).ref == f"{NAME}@1.1.0"


def test_a_release_done_again_changes_nothing(policies: Path) -> None:
    released = policies / "packs" / NAME / "released"
    release(policies, NAME)
    before = {path: path.read_bytes() for path in released.rglob("*") if path.is_file()}
    assert release(policies, NAME).path == released / "1.0.0"
    assert {path: path.read_bytes() for path in released.rglob("*") if path.is_file()} == before


def test_the_sums_are_as_sha256sum_writes_them(policies: Path) -> None:
    kept = release(policies, NAME).path
    lines = (kept.parent / SUMS).read_text("utf-8").splitlines()
    assert f"{hashlib.sha256((kept / 'sla.yaml').read_bytes()).hexdigest()}  1.0.0/sla.yaml" in lines
    assert len(lines) == len(list(kept.glob("*.yaml")))


def test_a_change_without_a_new_version_is_refused(policies: Path) -> None:
    release(policies, NAME)
    change(policies / "packs" / NAME / "sla.yaml", "limit: 10 working_day", "limit: 8 working_day")
    assert faults(policies) == [f"packs/{NAME}/pack.yaml:2"]
    with pytest.raises(AlreadyReleased):
        release(policies, NAME)


def test_a_released_file_that_was_touched_is_named(policies: Path) -> None:
    kept = release(policies, NAME).path
    raised(policies, "1.1.0")
    change(kept / "sla.yaml", "limit: 10 working_day", "limit: 8 working_day")
    (kept / "intake.yaml").unlink()
    (kept / "surprise.yaml").write_text("a: 1\n", "utf-8")
    named = [f"packs/{NAME}/released/1.0.0/{file}.yaml:1" for file in ("intake", "sla", "surprise")]
    assert faults(policies) == named


def test_a_released_folder_that_nobody_released_is_named(policies: Path) -> None:
    kept = release(policies, NAME).path
    raised(policies, "1.1.0")
    (kept.parent / SUMS).unlink()
    assert len(faults(policies)) == len(list(kept.glob("*.yaml")))


def test_a_released_folder_must_hold_the_version_of_its_name(policies: Path) -> None:
    kept = release(policies, NAME).path
    kept.rename(kept.with_name("2.0.0"))
    assert faults(policies) == [f"packs/{NAME}/released/2.0.0/pack.yaml:2"]


def test_a_copy_that_was_broken_off_is_no_release(policies: Path) -> None:
    half = policies / "packs" / NAME / "released" / ".1.0.0"
    half.mkdir(parents=True)
    (half / "pack.yaml").write_text("name: ha", "utf-8")
    assert load_packs(policies).current[NAME].head.version == "1.0.0"
    release(policies, NAME)
    assert not half.exists()
    load_packs(policies)
