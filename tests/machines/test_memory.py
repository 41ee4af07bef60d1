"""The life of orders and clocks on the memory store."""

from tests.machines.machine import Life, quick
from tests.machines.world import InMemory


class InMemoryLife(Life):
    make = InMemory.of


InMemoryLife.TestCase.settings = quick(examples=60, steps=30)
TestLife = InMemoryLife.TestCase
