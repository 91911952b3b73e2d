"""One sealed value: what its bytes look like and how they are made and opened.

Decides: the byte layout, the two algorithms, what is bound to the ciphertext, the padding.
Does not: find keys (`keyring`) or know models (`fields`).

Layout: version 1 | algorithm 1 | key id 16 | nonce 12 | ciphertext | tag 16. The first 18 bytes are authenticated too.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
HEADER_LENGTH = 18
NONCE_LENGTH = 12
TAG_LENGTH = 16
SHORTEST = HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH + 1  # the plaintext always ends with one marker byte
KEY_ID_OFFSET = 2
BUCKETS = (64, 128, 256, 512, 1024, 2048, 4096)
END_OF_TEXT = b"\x80"


class Algorithm(IntEnum):
    """The byte stored in each envelope; never renumber."""

    AES_256_GCM = 1
    SM4_GCM = 2

    @property
    def key_length(self) -> int:
        """Length of the secret in bytes."""
        return 32 if self is Algorithm.AES_256_GCM else 16

    @classmethod
    def named(cls, name: str) -> "Algorithm":
        """The algorithm of a settings word, `aes-256-gcm` or `sm4-gcm`; ValueError for any other."""
        for one in cls:
            if one.name.lower().replace("_", "-") == name:
                return one
        raise ValueError(f"unknown cipher {name!r}; choose aes-256-gcm or sm4-gcm")


class Unreadable(Exception):
    """A sealed value cannot be opened."""


class Tampered(Unreadable):
    """The bytes were changed, or moved to another table, column, row or school, or the secret differs."""


class WrongKey(Unreadable):
    """The envelope was sealed with another key than the one offered."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret with its id and algorithm; the secret never appears in its repr."""

    id: UUID
    algorithm: Algorithm
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != self.algorithm.key_length:
            raise ValueError(f"{self.algorithm.name} needs {self.algorithm.key_length} bytes, got {len(self.secret)}")


def associated_data(table: str, column: str, row: str, school_id: int | None) -> bytes:
    """Bytes naming the one place where a value may stand; each part carries its length, so none run together."""
    return _parts((table, column, row, "" if school_id is None else str(school_id)))


def place_of_rows(table: str, column: str, school_id: int | None) -> Callable[[str], bytes]:
    """associated_data for many rows of one column and school: the parts that stay the same are made once."""
    school = "" if school_id is None else str(school_id)
    before = _parts((table, column))
    after = _parts((school,))
    return lambda row: before + _parts((row,)) + after


def seal(key: Key, plaintext: bytes, aad: bytes, *, padded: bool = False) -> bytes:
    """Encrypt and authenticate. `padded` hides the length of free text within the buckets of `padded_length`."""
    header = bytes((VERSION, key.algorithm)) + key.id.bytes
    nonce = os.urandom(NONCE_LENGTH)
    body = plaintext + END_OF_TEXT
    if padded:
        body = body.ljust(padded_length(len(body)), b"\x00")
    return header + nonce + _encrypt(key, nonce, body, header + aad)


def open_(key: Key, envelope: bytes, aad: bytes) -> bytes:
    """The plaintext. Raises WrongKey if sealed by another key, Tampered if anything does not fit."""
    if key_id_of(envelope) != key.id or envelope[1] != key.algorithm:
        raise WrongKey("sealed with another key")
    header, nonce = envelope[:HEADER_LENGTH], envelope[HEADER_LENGTH : HEADER_LENGTH + NONCE_LENGTH]
    body = _decrypt(key, nonce, envelope[HEADER_LENGTH + NONCE_LENGTH :], header + aad).rstrip(b"\x00")
    if not body.endswith(END_OF_TEXT):
        raise Tampered("no end marker")
    return body[:-1]


def key_id_of(envelope: bytes) -> UUID:
    """Which key sealed this; Tampered if it is not an envelope of a known version."""
    if len(envelope) < SHORTEST or envelope[0] != VERSION:
        raise Tampered("not a sealed value of a known version")
    return UUID(bytes=bytes(envelope[KEY_ID_OFFSET:HEADER_LENGTH]))


def padded_length(length: int) -> int:
    """The bucket for a body of `length` bytes: 64, 128 ... 4096, then whole multiples of 4096."""
    for bucket in BUCKETS:
        if length <= bucket:
            return bucket
    return -(-length // BUCKETS[-1]) * BUCKETS[-1]


def _parts(texts: tuple[str, ...]) -> bytes:
    made = b""
    for text in texts:
        part = text.encode()
        made += len(part).to_bytes(4, "big") + part
    return made


def _encrypt(key: Key, nonce: bytes, body: bytes, aad: bytes) -> bytes:
    if key.algorithm is Algorithm.AES_256_GCM:
        return _aes(key.secret).encrypt(nonce, body, aad)
    encryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return encryptor.update(body) + encryptor.finalize() + encryptor.tag


def _decrypt(key: Key, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    try:
        if key.algorithm is Algorithm.AES_256_GCM:
            return _aes(key.secret).decrypt(nonce, sealed, aad)
        tag = sealed[-TAG_LENGTH:]
        decryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(aad)
        return decryptor.update(sealed[:-TAG_LENGTH]) + decryptor.finalize()
    except InvalidTag:
        raise Tampered("the value was changed, or does not belong in this place") from None


@lru_cache(maxsize=256)
def _aes(secret: bytes) -> AESGCM:
    return AESGCM(secret)
