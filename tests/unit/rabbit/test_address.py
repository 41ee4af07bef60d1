"""The broker's address: read with all its parts, shown without its password."""

import pytest

from chassis.rabbit.connection import Broker
from chassis.rabbit.errors import AddressUnusable


def test_an_address_has_all_its_parts() -> None:
    broker = Broker.parse("amqp://user%40city:se%2Fcret@mq.example:5673/%2Fcity")
    assert (broker.host, broker.port, broker.user, broker.password, broker.vhost) == (
        "mq.example", 5673, "user@city", "se/cret", "/city",
    )  # fmt: skip
    assert Broker.parse("amqp://mq").vhost == "/"
    assert Broker.parse("amqps://mq").port == 5671


def test_the_password_is_never_shown() -> None:
    broker = Broker.parse("amqp://user:secret@mq:5673/city")
    assert broker.address == "amqp://mq:5673/city"
    assert "secret" not in repr(broker)


def test_a_secure_address_wants_the_right_server() -> None:
    tls = Broker.parse("amqps://mq/?cacertfile=/ca.pem").tls
    assert tls is not None
    assert (tls["server_hostname"], tls["ca_certs"]) == ("mq", "/ca.pem")


@pytest.mark.parametrize("url", ["", "http://mq", "amqp://", "amqp://mq:port"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(AddressUnusable):
        Broker.parse(url)
