"""The commands and queries of KnowledgeService; their fields are those of the proto requests."""

from typing import Annotated

from pydantic import Field

from chassis.message import (
    City,
    Code,
    Command,
    Instant,
    Line,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    Query,
    Text,
)

PageToken = Annotated[str, Field(max_length=200)]


class DraftArticle(Command):
    city: City
    name: OptionalName = ""
    unit: Code
    title: Line
    question: Text
    answer: Text
    source: OptionalLine = ""
    policy: OptionalName = ""
    effective_time: Instant | None = None
    expire_time: Instant | None = None


class SubmitArticle(Command):
    name: Name


class ApproveArticle(Command):
    name: Name


class SendBackArticle(Command):
    name: Name
    reason: Text


class RetireArticle(Command):
    name: Name
    reason: Text


class QuestionArticle(Command):
    name: Name
    question: Text


class RegisterPolicy(Command):
    city: City
    unit: Code
    title: Line
    effective_time: Instant


class GetArticle(Query):
    name: Name


class SearchArticles(Query):
    city: City
    query: Text
    unit: OptionalCode = ""
    page_size: Annotated[int, Field(ge=0, le=50)] = 0
    page_token: PageToken = ""


class SuggestArticles(Query):
    """The caller's words; the category does not narrow: callers and seats often name it wrongly."""

    city: City
    text: Text
    category: OptionalCode = ""
