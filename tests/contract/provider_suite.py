"""What every carrier of SMS or calls must do; subclass it and give the fixture `provider`."""

from services.notify.application.ports import Outgoing, Provider
from services.notify.domain.message import Knowledge


def outgoing(reference: str) -> Outgoing:
    return Outgoing(reference, to="12910000001", text="您的诉求已受理。")


class ProviderSuite:
    """A provider comes in by the fixture `provider`; it has been handed nothing yet."""

    def test_it_says_of_each_reference_what_became_of_it(self, provider: Provider) -> None:
        said = provider.hand_over([outgoing("a"), outgoing("b")])
        assert set(said) <= {"a", "b"}
        assert not set(said.values()) & {Knowledge.FAILED, Knowledge.NEVER_SEEN}

    def test_it_has_a_name_and_a_medium(self, provider: Provider) -> None:
        assert provider.name
        assert provider.medium

    def test_what_it_was_handed_it_knows_later(self, provider: Provider) -> None:
        provider.hand_over([outgoing("a")])
        assert provider.know(["a"])["a"] is not Knowledge.NEVER_SEEN

    def test_what_it_never_saw_it_never_claims(self, provider: Provider) -> None:
        provider.hand_over([outgoing("a")])
        known = provider.know(["a", "b"])
        assert known.get("b", Knowledge.UNCLEAR) in (Knowledge.NEVER_SEEN, Knowledge.UNCLEAR)

    def test_a_reference_that_it_knows_is_refused_and_the_others_go_on(self, provider: Provider) -> None:
        provider.hand_over([outgoing("a")])
        again = provider.hand_over([outgoing("a"), outgoing("b")])
        assert again["a"] is Knowledge.FAILED
        assert again.get("b") is not Knowledge.FAILED

    def test_a_refused_double_leaves_what_is_known_of_the_first(self, provider: Provider) -> None:
        provider.hand_over([outgoing("a")])
        before = provider.know(["a"])
        provider.hand_over([outgoing("a")])
        assert provider.know(["a"]) == before

    def test_nothing_handed_over_is_nothing_said(self, provider: Provider) -> None:
        assert provider.hand_over([]) == {}
        assert provider.know([]) == {}
