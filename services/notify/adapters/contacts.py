"""Citizens' numbers, asked of intake for one batch; the answer is sealed to this question and kept nowhere."""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from chassis.access import system
from chassis.domain import DomainError
from chassis.privacy import CannotOpen, ReplyBox
from chassis.questions import NoAnswer, Questions
from services.notify.application.ports import Numbers
from services.notify.domain.message import Message

log = structlog.get_logger()
LIMIT_SECONDS = 3.0


class IntakeContacts:
    """Asks intake's `reveal_numbers`, which writes each look and its purpose down."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def numbers_of(self, messages: Sequence[Message]) -> Numbers:
        """Whatever intake says in place of an answer, the messages wait; one that it stumbles over waits alone."""
        box = ReplyBox()
        wanted = [_whose(m) | {"city": m.city, "purpose": f"message:{m.template}"} for m in messages]
        try:
            answer = self._questions.ask(
                system("notify"), "intake", "reveal_numbers", limit=LIMIT_SECONDS,
                wanted=wanted, reply_key=b64encode(box.public_key).decode(),
            )  # fmt: skip
            numbers, unreadable = _opened(box, answer)
        except NoAnswer:
            return dict.fromkeys((m.id for m in messages), None)
        except (DomainError, CannotOpen, LookupError, TypeError, ValueError) as error:
            log.warning("numbers_not_told", messages=len(messages), error=type(error).__name__)
            if len(messages) == 1:
                return {messages[0].id: None}
            half = len(messages) // 2
            return {**self.numbers_of(messages[:half]), **self.numbers_of(messages[half:])}
        return {m.id: None if _key(m) in unreadable else numbers.get(_key(m), "") for m in messages}


def _whose(message: Message) -> dict[str, str]:
    """What is told of no case names the citizen."""
    return {"case_id": message.case_id} if message.case_id else {"citizen_id": message.recipient}


def _key(message: Message) -> str:
    return message.case_id or message.recipient


def _opened(box: ReplyBox, answer: Mapping[str, Any]) -> tuple[dict[str, str], frozenset[str]]:
    """Raises CannotOpen, LookupError, TypeError or ValueError for what is no answer to the question."""
    sealed = answer["sealed"]
    numbers = box.open(sealed if isinstance(sealed, bytes) else b64decode(sealed))
    return numbers, frozenset(answer["unreadable"])
