"""What knowledge tells the audit of its subjects: the books that every service keeps."""

from chassis.audit.answering import Audited
from services.knowledge.application.reactions import HEARS

AUDITED = Audited(HEARS)
