"""The settings of the program: what is wrong with the environment is said in words, all at once."""

from pydantic import ValidationError

from chassis.settings import Settings, problems_of
from cli.speech import fail


def read_settings() -> Settings:
    """Raises the exit when a HUYING_… variable cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        problems = problems_of(error)
        raise fail("环境变量有误：" + "；".join(problems), "bad environment: " + "; ".join(problems), code=2) from None
