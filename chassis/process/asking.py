"""Questions of a process without eventlet: over RabbitMQ, signed, in nameko's wire format."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.questions import PatientQuestions, Questions
from chassis.rabbit.questions import RabbitQuestions
from chassis.settings import Settings
from chassis.tokens import PassSigner


@contextmanager
def asked_over_rabbit(settings: Settings) -> Iterator[Questions]:
    """Connects at the first question; without a broker every question ends in NoAnswer, and the asker goes on."""
    questions = RabbitQuestions(settings.amqp_url, PassSigner.load_or_create(settings.data_dir).sign)
    try:
        yield PatientQuestions(questions) if settings.clock else questions
    finally:
        questions.close()
