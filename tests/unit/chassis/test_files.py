"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from chassis.files import write_whole


def test_a_page_that_breaks_off_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "rules.html"
    write_whole(page, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(page, "n" * 100_000 + "\ud800")
    assert (page.read_text("utf-8"), len(list(tmp_path.iterdir()))) == ("old", 1)
    monkeypatch.setattr("chassis.files.os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write_whole(page, "new")
    assert (page.read_text("utf-8"), len(list(tmp_path.iterdir()))) == ("old", 1)
