"""Answers that wait on a pupil's machine, sealed so that the machine's next user can read nothing. Pure.

The page seals with a throw-away key to the sitting's public key and keeps neither of the two: only the server, which
derives the private key from its own secret and the sitting's id, can open it. ECDH P-256, HKDF-SHA-256, AES-256-GCM.

Envelope, base64url without padding: version 1 (1 byte), throw-away public key (65, uncompressed), nonce (12), then the
sealed text with its tag. The text is JSON filled up with blanks to TEXT_LENGTH, so that its length tells nothing. The
sitting's id is authenticated with it: an envelope opens on its own sheet only.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = b"\x01"
INFO = b"qingyan sealed answer 1"
TEXT_LENGTH = 96
POINT, NONCE, TAG = 65, 12, 16
LENGTH = -(-4 * (len(VERSION) + POINT + NONCE + TEXT_LENGTH + TAG) // 3)  # of the base64 text
CURVE = ec.SECP256R1()
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Unopenable(Exception):
    """Another sheet's, broken, changed, or of a version that nobody knows."""


def private_key(secret: bytes, sitting: UUID) -> ec.EllipticCurvePrivateKey:
    """The sitting's own key; the same for the same secret."""
    wide = derived(secret, b"private key", sitting, 48)  # 128 bits more than the order: the remainder is even
    return ec.derive_private_key(int.from_bytes(wide) % (CURVE_ORDER - 1) + 1, CURVE)


def public_key(secret: bytes, sitting: UUID) -> str:
    """What the page seals to: the uncompressed point, base64url."""
    return urlsafe_b64encode(_point(private_key(secret, sitting).public_key())).rstrip(b"=").decode()


def submission_id(secret: bytes, sitting: UUID) -> UUID:
    """The number of a hand-in, the same after a reload and on another machine."""
    return UUID(bytes=derived(secret, b"submission", sitting, 16), version=4)


def opened(envelope: str, secret: bytes, sitting: UUID) -> bytes:
    """The text inside. Raises Unopenable."""
    try:
        raw = urlsafe_b64decode(envelope + "=" * (-len(envelope) % 4))
        if len(envelope) != LENGTH or raw[:1] != VERSION:
            raise Unopenable
        point, nonce, sealed = raw[1 : 1 + POINT], raw[1 + POINT : 1 + POINT + NONCE], raw[1 + POINT + NONCE :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        mine = private_key(secret, sitting)
        key = HKDF(SHA256(), 32, salt=point + _point(mine.public_key()), info=INFO).derive(
            mine.exchange(ec.ECDH(), theirs)
        )
        return AESGCM(key).decrypt(nonce, sealed, str(sitting).encode())
    except (binascii.Error, ValueError, InvalidTag):
        raise Unopenable from None


def derived(secret: bytes, what: bytes, sitting: UUID, length: int) -> bytes:
    """Bytes for one purpose and one sitting."""
    return HKDF(SHA256(), length, salt=None, info=b"qingyan sitting " + what + b" " + sitting.bytes).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
