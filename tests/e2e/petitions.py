"""Petitions in our own words, as many as a test wants."""

import csv
from pathlib import Path

_MATTERS = (
    ("路灯不亮", "晚上路灯全部不亮，老人出门容易摔跤，请尽快维修。"),
    ("井盖缺失", "人行道上的雨水井盖不见了，只插了一根树枝，十分危险。"),
    ("拖欠工资", "在工地干了三个月活，老板一直拖欠工资不发。"),
    ("公交线路", "早高峰公交车间隔太久，希望增加班次。"),
    ("油烟扰民", "楼下饭店油烟直排，每天晚上呛得不能开窗。"),
    ("学校招生", "想问一下外来务工人员子女上小学需要哪些材料。"),
    ("自来水浑浊", "家里自来水连续三天发黄，不敢饮用。"),
    ("占道经营", "夜市摊贩占道经营，消防车都进不来。"),
    ("医保报销", "外地住院的医保费用回来怎么报销？"),
    ("物业不作为", "小区电梯坏了半个月，物业一直不修。"),
)


def write_petitions(path: Path, count: int, *, first: int = 0) -> Path:
    """Numbered from `first` on: those of two files are different ones."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["number", "user", "subject", "time", "text"])
        for number in range(first, first + count):
            subject, text = _MATTERS[number % len(_MATTERS)]
            at = f"2026-03-{1 + number % 28:02d} {8 + number % 10:02d}:{number % 60:02d}:00"
            writer.writerow([f"T{number:05d}", f"U{number % 97}", f"{subject}{number}", at, f"{text}（第{number}件）"])
    return path
