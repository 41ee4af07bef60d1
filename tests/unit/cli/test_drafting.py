"""`huying policy diff`: what another pack or version changes, told with the place where it is written."""

import json
import shutil
from pathlib import Path

import pytest

from chassis.packs import release
from chassis.settings import ROOT
from tests.unit.cli.test_policy import huying, replace_once

FUJIAN = "fujian-2016"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Fujian with a shorter limit, a new ground and a light that comes later."""
    policies = Path(shutil.copytree(ROOT / "policies", tmp_path / "policies"))
    pack = policies / "packs" / FUJIAN
    replace_once(pack / "pack.yaml", "version: 1.0.0", "version: 1.1.0")
    written = '{when: {category: complaint}, limit: 10 working_day, basis: {rule: F16-22b, article: "20(2)"}}'
    replace_once(pack / "sla.yaml", written, written.replace("10 ", "8 "))
    replace_once(pack / "sla.yaml", "share: 75", "share: 80")
    replace_once(pack / "intake.yaml", "code: other_law", "code: other_rules")
    return policies


def changes(*arguments: object) -> list[dict[str, str]]:
    told = json.loads(huying("policy", "diff", *arguments, "--json").stdout)
    assert told["total"] == len(told["changes"])
    return list(told["changes"])


def test_the_same_pack_has_no_changes() -> None:
    assert changes(FUJIAN, FUJIAN) == []


def test_limits_lights_and_grounds_that_change_are_named_with_their_place(draft: Path) -> None:
    found = changes(FUJIAN, FUJIAN, "--folder", draft)
    assert {c["what"] for c in found} == {
        "lights.share",
        "clocks[finish completion].limits[category=complaint]",
        "grounds[other_law]",
        "grounds[other_rules]",
    }
    limit = next(c for c in found if "limits" in c["what"])
    assert (limit["was"], limit["becomes"]) == ("10 working_day (F16-22b 20(2))", "8 working_day (F16-22b 20(2))")
    file, _, line = limit["place"].rpartition(":")
    assert "limit: 8 working_day" in Path(file).read_text("utf-8").splitlines()[int(line) - 1]
    gone = next(c for c in found if c["what"] == "grounds[other_law]")
    assert gone["becomes"] == ""
    assert gone["place"].startswith(str(ROOT / "policies"))


def test_two_released_versions_are_compared(draft: Path) -> None:
    release(draft, FUJIAN)
    replace_once(draft / "packs" / FUJIAN / "pack.yaml", "version: 1.1.0", "version: 1.2.0")
    replace_once(draft / "packs" / FUJIAN / "sla.yaml", "share: 80", "share: 60")
    refs = (f"{FUJIAN}@1.1.0", f"{FUJIAN}@1.2.0")
    told = huying("policy", "diff", *refs, "--json", HUYING_POLICIES_DIR=str(draft)).stdout
    assert [(c["was"], c["becomes"]) for c in json.loads(told)["changes"]] == [("80", "60")]


def test_an_overlay_is_compared_with_what_lies_below() -> None:
    found = changes(FUJIAN, f"{FUJIAN}+national-2025")
    assert "grounds[disturbance]" in {c["what"] for c in found}
    # What it takes away stands in the file below.
    assert all("national-2025" in c["place"] for c in found if c["becomes"])


def test_a_page_leads_to_the_next(draft: Path) -> None:
    first = json.loads(huying("policy", "diff", FUJIAN, "pingli-2018", "--page-size", 100, "--json").stdout)
    token = first["next_page_token"]
    asked = ("policy", "diff", FUJIAN, "pingli-2018", "--page-size", 1000, "--page-token", token)
    rest = json.loads(huying(*asked, "--json").stdout)
    assert (len(first["changes"]), rest["next_page_token"]) == (100, "")
    assert len(first["changes"]) + len(rest["changes"]) == first["total"]
    assert "no page token" in huying(*asked[:-1], "x").stderr


def test_it_speaks_chinese_when_asked(draft: Path) -> None:
    told = huying("policy", "diff", FUJIAN, FUJIAN, "--folder", draft, HUYING_LANG="zh").stdout
    assert "4 处不同" in told
    assert "clocks[finish 办结].limits[category=complaint]" in told


def test_a_pack_that_does_not_exist_is_named() -> None:
    told = huying("policy", "diff", FUJIAN, "hainan-2030")
    assert (told.exit_code, "there is no rule pack hainan-2030" in told.stderr) == (1, True)
