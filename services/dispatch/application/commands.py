"""The table of dispatch's commands; each group of steps has a module of its own."""

from chassis.access import Role
from chassis.application import Commands

commands = Commands()
OFFICE = frozenset({Role.DISPATCHER})
UNIT = frozenset({Role.UNIT})
