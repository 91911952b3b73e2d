"""A ticket that we did not write is no ticket."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.rules.tickets import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    PupilTicket,
    first_ticket,
    renewed,
    seal,
    unseal,
)

SECRET = b"k" * 32
NOW = 1_795_000_000
TICKET = first_ticket(session=UUID(int=1), student=UUID(int=2), school=3, school_class=4, now=NOW)

tickets = st.builds(
    PupilTicket,
    session=st.uuids(),
    student=st.uuids(),
    school=st.integers(1, 2**40),
    school_class=st.integers(1, 2**40),
    opened=st.integers(0, 2**40),
    expires=st.integers(NOW + 1, 2**40),
)


@given(tickets)
def test_a_ticket_reads_back_as_it_was_written(ticket):
    assert unseal(seal(ticket, SECRET), SECRET, now=NOW) == ticket


@given(st.integers(0, 10_000), st.integers(1, 63))
def test_a_changed_sign_makes_it_worthless(place, shift):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    text = seal(TICKET, SECRET)
    place %= len(text) - 1  # the last sign carries bits that stand for nothing
    other = alphabet[(alphabet.index(text[place]) + shift) % 64]
    assert unseal(text[:place] + other + text[place + 1 :], SECRET, now=NOW) is None


@given(st.text(max_size=300))
def test_any_other_text_is_no_ticket(text):
    assert unseal(text, SECRET, now=NOW) is None


def test_another_key_reads_nothing():
    assert unseal(seal(TICKET, SECRET), b"x" * 32, now=NOW) is None


def test_it_runs_out():
    text = seal(TICKET, SECRET)
    assert unseal(text, SECRET, now=TICKET.expires - 1) == TICKET
    assert unseal(text, SECRET, now=TICKET.expires) is None


def test_it_is_renewed_only_when_less_than_half_an_hour_is_left():
    assert renewed(TICKET, now=NOW + 60) is None
    later = NOW + IDLE_SECONDS - 600
    longer = renewed(TICKET, now=later)
    assert longer is not None
    assert longer.expires == later + IDLE_SECONDS
    assert (longer.session, longer.opened) == (TICKET.session, TICKET.opened)


def test_no_session_lasts_longer_than_four_hours():
    ticket, now = TICKET, NOW
    while (longer := renewed(ticket, now=(now := ticket.expires - 60))) is not None:
        ticket = longer
    assert ticket.expires == NOW + LONGEST_SECONDS
    assert now > NOW
