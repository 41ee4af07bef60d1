"""Citizens' numbers, asked of intake for one hand-over; the answer is sealed to this question and kept nowhere."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from chassis.access import system
from chassis.domain import DomainError, NotFound
from chassis.privacy import CannotOpen, ReplyBox
from chassis.questions import NoAnswer, Questions
from services.notify.application.ports import NoContact
from services.notify.domain.message import Message


class ContactUnreadable(DomainError):
    """Intake's answer is not sealed to the question."""

    zh = "诉求受理服务的答复无法解密"
    en = "the answer of intake cannot be opened"


class IntakeContacts:
    """Asks intake's `reveal_contact`, which writes the look and its purpose down."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def number_of(self, message: Message) -> str | None:
        box = ReplyBox()
        try:
            answer = self._questions.ask(
                system("notify"), "intake", "reveal_contact", city=message.city, case_id=message.case_id,
                purpose=f"message:{message.template}",
                reply_key=b64encode(box.public_key).decode(),
            )  # fmt: skip
        except NoAnswer:
            return None
        except NotFound:
            raise NoContact from None
        number = _opened(box, answer).get("phone", "")
        if not number:
            raise NoContact
        return number


def _opened(box: ReplyBox, answer: Mapping[str, Any]) -> dict[str, str]:
    """Raises ContactUnreadable."""
    try:
        sealed = answer["sealed"]
        return box.open(sealed if isinstance(sealed, bytes) else b64decode(sealed))
    except (CannotOpen, LookupError, TypeError, ValueError):
        raise ContactUnreadable() from None
