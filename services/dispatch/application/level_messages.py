"""The commands between the levels of government; their fields are those of the proto requests."""

from chassis.message import City, Code, Command, Name, OptionalLine, OptionalText, Text
from services.dispatch.application.message_fields import Cited, Version


class PassOn(Command):
    name: Name
    section: Code
    handler: OptionalLine = ""
    note: OptionalText = ""


class TakeBackPassedOn(Command):
    name: Name
    reason: Text


class ReplyPassedOn(Command):
    name: Name
    result: Text
    declined: bool = False


class HandOver(Command):
    name: Name
    to_city: City
    reason: Text
    basis: Cited
    version: Version = 0


class RefuseHandOver(Command):
    name: Name
    reason: Text
    version: Version = 0


class RaiseLevel(Command):
    name: Name
    reason: Text
    version: Version = 0
