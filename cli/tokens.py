"""huying token: who may call, for development; a city's own identity provider takes its place."""

import re
from datetime import timedelta
from typing import Annotated

import typer

from chassis.access import HandlingNotContractedOut, LineDepartmentStandsAlone, Principal, Role
from chassis.tokens import TokenSigner
from cli.environment import read_settings
from cli.speech import AsJson, fail, put, warn


def token(
    role: Annotated[list[Role], typer.Option(help="one or more 角色")],
    city: Annotated[list[str], typer.Option(help="administrative code, six digits, or * 城市")],
    subject: Annotated[str, typer.Option(help="who 持有人")] = "developer",
    unit: Annotated[str, typer.Option(help="unit id 承办单位")] = "",
    citizen: Annotated[str, typer.Option(help="citizen id 市民")] = "",
    contractor: Annotated[str, typer.Option(help="whose staff, where that is not the city's own 外包单位")] = "",
    line: Annotated[str, typer.Option(help="number of the merged line, for its department 热线号码")] = "",
    hours: Annotated[int, typer.Option(min=1, max=720)] = 12,
    as_json: AsJson = False,
) -> None:
    """Issues a development token 签发开发令牌"""
    if Role.SYSTEM in role:
        raise fail("系统角色不能签发给人", "the system role is not for people")
    if strange := [code for code in city if not re.fullmatch(r"[0-9]{6}|\*", code)]:
        zh, en = f"城市代码 {strange[0]!r} 不正确，应为六位数字或 *", f"{strange[0]!r} is no city: six digits, or *"
        raise fail(zh, en, code=2)
    folder = read_settings().data_dir
    known = (folder / TokenSigner.KEY).exists()
    signer = TokenSigner.load_or_create(folder)
    principal = Principal(subject, frozenset(role), frozenset(city), unit, citizen, contractor, line)
    try:
        issued = signer.issue(principal, valid=timedelta(hours=hours))
    except (HandlingNotContractedOut, LineDepartmentStandsAlone) as error:
        raise fail(error.message_zh, error.message_en, code=2) from None
    if not known:
        warn(
            f"在 {folder} 中新建了签名密钥；使用其他数据目录的平台不会接受此令牌",
            f"made a new signing key in {folder}; a platform on another folder will refuse this token",
        )
    if as_json:
        put({"token": issued})
    else:
        print(issued)
