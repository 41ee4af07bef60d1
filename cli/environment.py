"""The settings of the program: what is wrong with the environment is said in words, all at once."""

from pydantic import ValidationError

from chassis.settings import Settings
from cli.speech import fail


def read_settings() -> Settings:
    """Raises the exit when a HUYING_… variable cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [_problem(e["loc"], e["msg"]) for e in error.errors(include_url=False)]
        raise fail("环境变量有误：" + "；".join(problems), "bad environment: " + "; ".join(problems), code=2) from None


def _problem(location: tuple[int | str, ...], message: str) -> str:
    name = f"HUYING_{str(location[0]).upper()} " if location else ""
    return name + message.removeprefix("Value error, ")
