"""Servers that are spoken to in a sealed channel only, and the certificate that proves them."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chassis.postgres.account import Account
from cli.servers.minio import Minio
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitMQ


@dataclass(frozen=True)
class Certificate:
    """Of localhost, signed by itself: who trusts the file trusts the server."""

    file: Path
    key: Path

    @classmethod
    def made(cls, folder: Path) -> "Certificate":
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(key, hashes.SHA256())
        )
        made = cls(folder / "certificate.pem", folder / "key.pem")
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        made.file.write_bytes(certificate.public_bytes(pem))
        made.key.touch(mode=0o600)
        made.key.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
        return made


class SealedRabbitMQ(RabbitMQ):
    port_names = (*RabbitMQ.port_names, "sealed")

    def prepare(self) -> None:
        super().prepare()
        certificate = Certificate.made(self.data_dir)
        with (self.data_dir / "rabbitmq.conf").open("a") as conf:
            conf.write(f"listeners.ssl.local = 127.0.0.1:{self.ports['sealed']}\n")
            conf.write(f"ssl_options.cacertfile = {certificate.file}\nssl_options.certfile = {certificate.file}\n")
            conf.write(f"ssl_options.keyfile = {certificate.key}\n")

    def sealed_url(self, trusted: Path | None = None) -> str:
        address = self.address
        login = f"{address.user}:{address.password}"
        authority = trusted or self.data_dir / "certificate.pem"
        return f"amqps://{login}@localhost:{self.ports['sealed']}/?cacertfile={authority}"


class SealedPostgres(Postgres):
    settings = "ssl = on\nssl_cert_file = '../certificate.pem'\nssl_key_file = '../key.pem'\n"

    def prepare(self) -> None:
        super().prepare()
        certificate, account = Certificate.made(self.data_dir), Account.choose()
        for file in (certificate.file, certificate.key):
            account.own(file)

    def sealed_url(self, url: str, trusted: Path | None = None) -> str:
        authority = trusted or self.data_dir / "certificate.pem"
        return f"{url}?sslmode=verify-full&sslrootcert={authority}"


class SealedMinio(Minio):
    def prepare(self) -> None:
        super().prepare()
        certificate = Certificate.made(self.data_dir)
        (self.data_dir / "certs").mkdir(exist_ok=True)
        shutil.copy(certificate.file, self.data_dir / "certs" / "public.crt")
        shutil.copy(certificate.key, self.data_dir / "certs" / "private.key")

    def command(self) -> tuple[list[str], dict[str, str]]:
        (program, *rest), environment = super().command()
        return [program, *rest[:1], f"--certs-dir={self.data_dir / 'certs'}", *rest[1:]], environment

    def check(self) -> None:
        with urllib3.PoolManager(ca_certs=str(self.data_dir / "certificate.pem"), retries=False) as pool:
            try:
                ready = pool.request("GET", f"https://{self.address.endpoint}/minio/health/ready", timeout=5)
            except urllib3.exceptions.HTTPError as error:
                raise OSError(str(error)) from None
        if ready.status != 200:
            raise OSError(f"status {ready.status}")

    def sealed_url(self, bucket: str, trusted: Path | None = None) -> str:
        address = self.address
        authority = trusted or self.data_dir / "certificate.pem"
        return f"https://{address.user}:{address.password}@{address.endpoint}/{bucket}?cacertfile={authority}"
