"""Over a network only in a sealed channel."""

from pathlib import Path
from types import ModuleType

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from pydantic import ValidationError

from chassis.grpckit.server import Served, Tls, create_server
from chassis.pipeline import ServiceRuntime
from chassis.settings import Settings
from chassis.tokens import TokenSigner
from tests.sealed import Certificate


@pytest.fixture
def tls(tmp_path: Path) -> Tls:
    """A certificate of our own for localhost."""
    made = Certificate.made(tmp_path)
    return Tls(made.file, made.key)


def test_a_caller_who_trusts_the_certificate_is_served(
    shop: ServiceRuntime, contract: ModuleType, signer: TokenSigner, tls: Tls
) -> None:
    served = Served(contract.DESCRIPTOR.services_by_name["ShopService"], shop)
    server = create_server([served], signer.verifier, host="127.0.0.1", port=0, tls=tls)
    server.start()
    trusted = grpc.ssl_channel_credentials(tls.certificate.read_bytes())
    with grpc.secure_channel(f"localhost:{server.port}", trusted, options=[("grpc.enable_http_proxy", 0)]) as channel:
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=10)
    server.stop(grace_seconds=1)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "huying.example"])
def test_without_a_certificate_only_loopback_is_served(host: str) -> None:
    with pytest.raises(ValidationError, match="in clear"):
        Settings(host=host)


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="belong together"):
        Settings(tls_certificate=tmp_path / "certificate.pem")
