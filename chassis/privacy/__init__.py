"""Personal data: sealed to the citizen, masked for work, found by keyed hash, gone when the citizen is erased."""

from chassis.domain import Sealed
from chassis.keyfiles import KeysUnusable
from chassis.privacy.hashing import all_hashes, hash_fits, keyed_hash
from chassis.privacy.keyring import CannotOpen, KeyRing
from chassis.privacy.masking import mask
from chassis.privacy.phones import is_mobile, normalise_phone
from chassis.privacy.sealing import CannotSeal, KeyPair, ReplyBox, new_key_pair, open_sealed, seal, seal_answer

__all__ = [
    "CannotOpen",
    "CannotSeal",
    "KeyPair",
    "KeyRing",
    "KeysUnusable",
    "ReplyBox",
    "Sealed",
    "all_hashes",
    "hash_fits",
    "is_mobile",
    "keyed_hash",
    "mask",
    "new_key_pair",
    "normalise_phone",
    "open_sealed",
    "seal",
    "seal_answer",
]
