"""What knowledge does about the others' events: nothing yet."""

from chassis.application import Reactions

reactions = Reactions()
HEARS: tuple[str, ...] = ()
