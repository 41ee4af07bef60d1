"""Citizens' numbers, asked of intake for one hand-over; the answer is sealed to this question and kept nowhere."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from chassis.access import system
from chassis.domain import NotFound
from chassis.privacy import ReplyBox
from chassis.questions import NoAnswer, Questions
from services.notify.application.ports import NoContact
from services.notify.domain.message import Message


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
    sealed = answer["sealed"]
    return box.open(sealed if isinstance(sealed, bytes) else b64decode(sealed))
