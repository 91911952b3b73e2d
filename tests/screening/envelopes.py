"""Seals as the page does (sheet/sealing.ts), for tests of the server's half. Not a test."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def unpadded(text: str) -> bytes:
    """base64url without padding, decoded."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed_by_page(public: str, sheet: str, **answer: int) -> str:
    """An envelope of one answer (seq, item, value, ms, at) to the sheet's public key."""
    theirs = unpadded(public)
    mine = ec.generate_private_key(ec.SECP256R1())
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = mine.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    key = HKDF(SHA256(), 32, salt=point + theirs, info=b"qingyan sealed answer 1").derive(shared)
    nonce = os.urandom(12)
    text = json.dumps(answer, separators=(",", ":")).ljust(96).encode()
    sealed = AESGCM(key).encrypt(nonce, text, sheet.encode())
    return urlsafe_b64encode(b"\x01" + point + nonce + sealed).rstrip(b"=").decode()
