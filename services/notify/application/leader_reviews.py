"""What a unit's leader and its handler are told of a reply under the leader's review."""

from chassis.work import Work
from services.notify.application import foreign
from services.notify.application.reactions import reactions, tell_unit
from services.notify.application.telling import file_key
from services.notify.domain.moments import Moment
from services.notify.domain.notices import Book


@reactions.on("dispatch.leader_review_requested.v1", loads=file_key)
def tell_the_leader_that_a_draft_waits(event: foreign.OfAssignment, work: Work, *, book: Book) -> None:
    tell_unit(event, work, book, Moment.LEADER_REVIEW_REQUESTED)


@reactions.on("dispatch.leader_review_decided.v1", loads=file_key)
def tell_what_the_leader_decided(event: foreign.LeaderReviewDecided, work: Work, *, book: Book) -> None:
    approved, sent_back = Moment.LEADER_REVIEW_APPROVED, Moment.LEADER_REVIEW_SENT_BACK
    tell_unit(event, work, book, approved if event.approved else sent_back)
