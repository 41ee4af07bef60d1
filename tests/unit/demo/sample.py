"""An invented result, so that the page can be seen and tested without a run."""

from datetime import date, datetime, timedelta

from cli.demo.cases import CHINA
from cli.demo.days import days_between
from cli.demo.result import (
    CityResult,
    ClockTally,
    Day,
    DeadlineTold,
    DemoResult,
    MessageTally,
    Path,
    Ratio,
    Story,
    StoryLine,
    Tone,
    UnitTally,
)

KPIS = ("response", "on_time_sign", "on_time", "case_on_time", "solution", "satisfaction")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def city(zh: str, en: str, law_zh: str, law_en: str, cases: int, *kept: int) -> CityResult:
    return CityResult(zh, en, law_zh, law_en, cases, {k: Ratio(n, cases - 9) for k, n in zip(KPIS, kept, strict=True)})


def days() -> tuple[Day, ...]:
    first, arrivals = date(2026, 9, 14), (17, 16, 14, 13, 11, 0, 9, 14, 9, 8, 8, 7, 4, 2, 9, 6, 5, 4, 3, 2, 1)
    spread = {first + timedelta(days=index): arrivals[index % len(arrivals)] for index in range(35)}
    return days_between(first, max(spread), spread)


def story() -> Story:
    lines = (
        StoryLine(
            at(9, 24, 14, 5),
            "坐席",
            "电话登记并受理，短信告知诉求编号",
            "registered by phone, accepted; the number sent by SMS",
        ),
        StoryLine(at(9, 24, 14, 38), "调度员", "按派单目录派往台江区人民政府", "dispatched by the catalogue"),
        StoryLine(at(9, 24, 17, 2), "台江区人民政府", "签收", "signed", Tone.GOOD),
        StoryLine(at(9, 28, 9, 40), "台江区人民政府", "首次联系诉求人", "first contact", Tone.GOOD),
        StoryLine(
            at(10, 13, 11, 20), "台江区人民政府", "报备延期十个工作日，已向诉求人说明", "extension filed", Tone.WARN
        ),
        StoryLine(at(10, 16, 16, 5), "台江区人民政府", "提交答复", "replied"),
        StoryLine(at(10, 16, 17, 10), "热线办", "审核不通过，退回补充", "the review sends it back", Tone.BAD),
        StoryLine(at(10, 17, 19, 30), "诉求人", "评价：满意，问题已解决", "rated: satisfied, solved", Tone.GOOD),
    )
    finish = (
        (
            "自 9 月 24 日（周四）14:38 派单起算，当日不计入",
            "from the dispatch on Thu 24 Sep 14:38; that day does not count",
        ),
        ("投诉：10 个工作日，F16 第二十条（二）", "complaint: 10 working days, F16 art. 20(2)"),
        ("其间休息 11 天，调休上班 1 天（10 月 10 日）", "eleven days off, one make-up workday (10 October)"),
        ("第 10 个工作日为 10 月 15 日（周四），至 17:30 止", "the tenth working day is Thu 15 October, ends 17:30"),
        ("报备延期 10 个工作日，移至 10 月 29 日 17:30", "extension filed: moved to 29 October 17:30"),
    )
    sign = (
        ("自派单起 1 个工作日", "one working day from dispatch"),
        ("9 月 25 日为中秋节，顺延", "25 September is Mid-Autumn"),
    )
    told = (
        DeadlineTold("sign", at(9, 24, 14, 38), at(9, 28, 17, 30), at(9, 24, 17, 2), "met", "F16-17", "17", sign),
        DeadlineTold("contact", at(9, 24, 17, 2), at(9, 28, 17, 30), at(9, 28, 9, 40), "met", "F16-22e", "20(4)", sign),
        DeadlineTold(
            "finish",
            at(9, 24, 14, 38),
            at(10, 17, 17, 30),
            at(10, 16, 16, 5),
            "met",
            "F16-22b",
            "20(2)",
            finish,
            at(10, 15, 17, 30),
        ),
        DeadlineTold(
            "review", at(10, 16, 16, 5), at(10, 17, 17, 30), at(10, 17, 18, 5), "late", "platform-default", "14", sign
        ),
    )
    return Story("福州市", "Fuzhou", "投诉", "complaint", "邻居把老房子租成群租房，隔成十几间", lines, told)


def sample() -> DemoResult:
    paths = (
        Path(("phone", "accepted", "single", "completed", "satisfied"), 74),
        Path(("app", "accepted", "single", "completed", "satisfied"), 12),
        Path(("web", "accepted", "single", "completed", "satisfied"), 9),
        Path(("phone", "accepted", "single", "completed", "not_rated"), 8),
        Path(("phone", "accepted", "single", "completed", "dissatisfied"), 3),
        Path(("phone", "accepted", "single", "redone", "satisfied"), 5),
        Path(("phone", "accepted", "compound", "completed", "satisfied"), 5),
        Path(("phone", "accepted", "fallback", "completed", "satisfied"), 7),
        Path(("platform", "accepted", "single", "completed", "satisfied"), 4),
        Path(("phone", "accepted", "withdrawn"), 3),
        Path(("phone", "accepted", "single", "open"), 6),
        Path(("phone", "answered"), 10),
        Path(("phone", "refused"), 11),
        Path(("sms", "refused"), 2),
        Path(("sms", "accepted", "single", "completed", "satisfied"), 3),
        Path(("phone", "transferred"), 5),
        Path(("phone", "joined"), 4),
    )
    cities = (
        city(
            "福州市",
            "Fuzhou",
            "福建省12345便民服务平台监督管理办法（2016）",
            "Fujian, Measures (2016)",
            54,
            45,
            43,
            41,
            42,
            40,
            39,
        ),
        city(
            "厦门市",
            "Xiamen",
            "福建省12345便民服务平台监督管理办法（2016）",
            "Fujian, Measures (2016)",
            41,
            32,
            31,
            32,
            30,
            29,
            30,
        ),
        city(
            "平利县",
            "Pingli",
            "平利县12345便民服务平台管理办法（试行）（2018）",
            "Pingli, Measures (2018)",
            37,
            27,
            26,
            25,
            26,
            19,
            22,
        ),
        city(
            "双鸭山市",
            "Shuangyashan",
            "双鸭山市12345政务服务便民热线运行管理办法（2024）",
            "Shuangyashan (2024)",
            43,
            33,
            32,
            31,
            30,
            30,
            31,
        ),
    )
    clocks = tuple(
        ClockTally(kind, *counts)
        for kind, counts in {
            "dispatch": (142, 1, 0, 0),
            "sign": (151, 4, 0, 3),
            "contact": (136, 2, 1, 3),
            "first_response": (12, 0, 0, 0),
            "finish": (128, 5, 6, 8),
            "co_reply": (6, 0, 0, 0),
            "review": (133, 3, 2, 0),
            "verification": (6, 1, 0, 0),
            "citizen": (130, 6, 6, 3),
        }.items()
    )
    units = tuple(
        UnitTally(zh, where, n, n - 1, n - 2)
        for zh, where, n in (
            ("福州市城市管理局", "福州", 14),
            ("仓山区人民政府", "福州", 11),
            ("厦门市市场监督管理局", "厦门", 9),
            ("双鸭山市城市管理综合执法局", "双鸭山", 8),
            ("平利县交通运输局", "平利", 7),
            ("双鸭山热力有限公司", "双鸭山", 6),
        )
    )
    messages = (
        MessageTally("case_accepted", "受理告知", "case accepted", 142, 0),
        MessageTally("sign_reminder", "签收提醒", "sign reminder", 148, 12),
        MessageTally("yellow_light", "黄灯预警", "yellow light", 37, 0),
        MessageTally("red_light", "红灯督办", "red light", 9, 9),
        MessageTally("please_rate", "邀请评价", "please rate", 127, 0),
    )
    return DemoResult(12345, cities, paths, clocks, units, messages, days(), story())
