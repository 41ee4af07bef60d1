"""One look at one thing, and what is said of it: in the reader's language, without passwords."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from chassis.domain import DomainError
from chassis.keyfiles import KeysUnusable
from chassis.policy import PolicyError
from chassis.process.waiting import NotThereYet, Unusable
from cli.servers.errors import ServerError
from cli.speech import words


class Found(Exception):
    """Something is not as it should be; the words say where, what, and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    check: str
    ok: bool
    says: str

    def row(self) -> dict[str, Any]:
        return asdict(self)


def look_at(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except (Found, NotThereYet, Unusable, ServerError) as fault:
        return Finding(name, False, words(fault.zh, fault.en))
    except DomainError as fault:
        return Finding(name, False, words(fault.message_zh, fault.message_en))
    except (OSError, PolicyError, KeysUnusable, ValidationError, sa.exc.SQLAlchemyError, RuntimeError, ValueError) as e:
        return Finding(name, False, (str(e).splitlines() or [type(e).__name__])[0])
