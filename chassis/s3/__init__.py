"""Objects in MinIO or any other store that speaks S3."""

from chassis.s3.address import Address
from chassis.s3.store import S3Objects

__all__ = ["Address", "S3Objects"]
