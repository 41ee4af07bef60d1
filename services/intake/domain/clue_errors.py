"""Why nothing is handed to the police."""

from chassis.domain import DomainError, Status


class NotForThePolice(DomainError):
    """Only a case that was refused on a ground whose clues the pack hands over."""

    zh = "该诉求（{ground}）不属于应移交公安机关的情形"
    en = "nothing of this case ({ground}) is to be handed to the police"


class ClueHandedOverAlready(DomainError):
    status = Status.ALREADY_EXISTS
    zh = "该诉求的线索已移交"
    en = "the clues of this case were handed over before"
