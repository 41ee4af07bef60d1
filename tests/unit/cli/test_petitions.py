"""A file of petitions is read row by row: what is wrong is named with its line, and the rest goes on."""

from pathlib import Path

import pytest

from cli.replay.areas import AreaMap
from cli.replay.petitions import TEXT_LIMIT, FileUnusable, read_file

HEAD = b"number,user,subject,time,text\n"
GOOD = "{n},U1,路灯不亮,2026-03-01 09:00:00,路灯不亮，请维修。\n"


def good(number: str) -> bytes:
    return GOOD.format(n=number).encode()


def written(folder: Path, *rows: bytes, head: bytes = HEAD) -> Path:
    path = folder / "petitions.csv"
    path.write_bytes(head + b"".join(rows))
    return path


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("B,U1,主题,去年夏天,正文\n".encode(), "bad time '去年夏天'"),
        ("B,U1,主题,2026-02-30 10:00:00,正文\n".encode(), "bad time '2026-02-30 10:00:00'"),
        ("B,U1,主题,2026-03-01 09:00:00\n".encode(), "the number of columns differs from the header"),
        ("B,U1,主题,2026-03-01 09:00:00,正文,多余\n".encode(), "the number of columns differs from the header"),
        ("B,U1,主题,2026-03-01 09:00:00,正\x00文\n".encode(), "holds unreadable characters"),
        ("B,U1,主题,2026-03-01 09:00:00,".encode() + b"\xff\xfe\n", "holds unreadable characters"),
        ("B,U1,主题,2026-03-01 09:00:00,{}\n".format("长" * (TEXT_LIMIT + 1)).encode(), "text is too long"),
        ("B,U1,主题,2026-03-01 09:00:00,  \n".encode(), "text is empty"),
        (good("A"), "number A appears twice"),
        (good("../etc"), "bad number '../etc'"),
        (good(""), "bad number ''"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_rest_is_read(tmp_path: Path, row: bytes, says: str) -> None:
    file = read_file(written(tmp_path, good("A"), row, good("Z")))
    assert [p.number for p in file.petitions] == ["A", "Z"]
    assert [bad.line for bad in file.bad] == [3]
    assert file.bad[0].en.startswith(says)
    assert file.bad[0].zh


def test_a_text_over_several_lines_keeps_the_count_of_lines_right(tmp_path: Path) -> None:
    long = 'A,U1,主题,2026-03-01 09:00:00,"第一行\n第二行"\n'.encode()
    file = read_file(written(tmp_path, long, b"B,U1\n"))
    assert [p.text for p in file.petitions] == ["第一行\n第二行"]
    assert [bad.line for bad in file.bad] == [4]


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="columns missing: time, text"):
        read_file(written(tmp_path, head=b"number,user,subject\n"))


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_what_is_no_such_file_at_all_is_refused_whole(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FileUnusable):
        read_file(written(tmp_path, head=raw))


def test_a_file_that_is_not_there_or_is_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="No such file"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(FileUnusable, match="directory"):
        read_file(tmp_path)


def test_the_same_content_has_the_same_digest_and_other_content_another(tmp_path: Path) -> None:
    one = read_file(written(tmp_path, good("A"))).digest
    assert read_file(written(tmp_path, good("A"))).digest == one
    assert read_file(written(tmp_path, good("B"))).digest != one


def test_the_first_pattern_of_the_area_map_that_fits_decides(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("# pattern,area\n鼓楼,350102\n区,350103\n", "utf-8")
    areas = AreaMap.read(path)
    assert areas.area_of("鼓楼区的路灯") == "350102"
    assert areas.area_of("台江区的路灯") == "350103"
    assert areas.area_of("某县的路灯") == ""


@pytest.mark.parametrize("bad", ["鼓楼", "(,350102", "a,b,c"])
def test_a_bad_line_of_the_area_map_is_named(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(f"鼓楼,350102\n{bad}\n", "utf-8")
    with pytest.raises(FileUnusable, match=r"areas\.csv:2 should be"):
        AreaMap.read(path)
