"""The settings of the program: what is wrong with the environment is said in words, all at once."""

import os
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from chassis.settings import Settings, misspelt, problems_of
from cli.speech import fail, warn

if TYPE_CHECKING:
    from cli.stack.state import Folder, State


def read_settings() -> Settings:
    """Raises the exit when a HUYING_… variable cannot be used; says which have no meaning."""
    for name, meant in misspelt(os.environ).items():
        warn(f"没有设置项 {name}，是否为 {meant}？", f"there is no setting {name}; is {meant} meant?")
    try:
        return Settings()
    except ValidationError as error:
        problems = problems_of(error)
        raise fail("环境变量有误：" + "；".join(problems), "bad environment: " + "; ".join(problems), code=2) from None


def operating_settings() -> Settings:
    """The same, and where they name no database those of a stack that runs on this data folder."""
    settings = read_settings()
    if stack_at_rest(settings) is not None:
        warn("以下是内置数据库的情况，不是整套服务的", "this is about the embedded databases, not the stack's")
    return with_stack(settings)


def with_stack(settings: Settings) -> Settings:
    """What a stack that runs on this data folder would have its callers know, where no database is named."""
    folder = _folder(settings)
    state = folder.read()
    if settings.database_url or state is None or not state.supervisor.alive:
        return settings
    given: dict[str, Any] = {key.removeprefix("HUYING_").lower(): value for key, value in folder.environment().items()}
    return Settings(**given)


def stack_at_rest(settings: Settings) -> "State | None":
    """The stack of this data folder where it does not run, and no database is named: cases may be in its own."""
    state = None if settings.database_url else _folder(settings).read()
    return state if state is not None and not state.supervisor.alive else None


def require_no_stack(settings: Settings) -> None:
    """One process for all must not publish beside those of a stack that runs. Raises the exit."""
    folder = _folder(settings)
    state = folder.read()
    url = settings.database_url
    if url and state and state.supervisor.alive and url == folder.environment().get("HUYING_DATABASE_URL"):
        raise fail(
            "整套服务正在使用这些数据库：请先 huying stack down，或 unset HUYING_DATABASE_URL",
            "a stack runs on these databases: huying stack down, or unset HUYING_DATABASE_URL",
            code=3,
        )


def embedded_meant(settings: Settings, stack: "State") -> bool:
    """Whether somebody went on without the stack: with `huying up`, which runs, or ran and the stack was taken down."""
    from cli.up import runs_on

    return runs_on(settings.data_dir) or (stack.taken_down and (settings.data_dir / "postgres").exists())


def _folder(settings: Settings) -> "Folder":
    from cli.stack.plan import folder_of
    from cli.stack.state import Folder

    return Folder(folder_of(settings))
