"""The settings of the program: what is wrong with the environment is said in words, all at once."""

import os
from typing import Any

from pydantic import ValidationError

from chassis.settings import Settings, misspelt, problems_of
from cli.speech import fail, warn


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
    from cli.stack.plan import folder_of
    from cli.stack.state import Folder

    settings = read_settings()
    folder = Folder(folder_of(settings))
    state = folder.read()
    if settings.database_url or state is None or not state.supervisor.alive:
        return settings
    given: dict[str, Any] = {key.removeprefix("HUYING_").lower(): value for key, value in folder.environment().items()}
    return Settings(**given)
