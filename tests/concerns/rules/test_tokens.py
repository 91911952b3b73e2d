"""A token is twenty signs that can be read aloud; ten select, ten open."""

from hashlib import sha256

from qingyan.concerns.rules.tokens import TOKEN_LENGTH, number_of, secret_of, token_from
from qingyan.foundation.pure.printed_codes import printed, read_code


def test_a_token_follows_from_its_digest_and_is_read_back_from_paper():
    token = token_from(sha256(b"one").digest())
    assert token == token_from(sha256(b"one").digest()) != token_from(sha256(b"two").digest())
    assert read_code(printed(token).lower(), length=TOKEN_LENGTH) == token
    assert number_of(token) + secret_of(token) == token
    assert len(number_of(token)) == len(secret_of(token)) == 10
