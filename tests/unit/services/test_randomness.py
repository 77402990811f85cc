"""What is drawn at random can be drawn again where a seed is given, and only there."""

from __future__ import annotations

from simulator.services.world import Randomness

NAME = "sample001 20271120100000 ROKIN Koujyo Web System"
OTHER = "sample001 20271120100001 ROKIN Koujyo Web System"
BITS = 159


def test_a_seed_gives_the_same_codes_and_serial_numbers_again() -> None:
    first, second = Randomness(1), Randomness(1)
    drawn = [first.digits(6), first.serial_number(NAME), first.serial_number(NAME)]
    assert [second.digits(6), second.serial_number(NAME), second.serial_number(NAME)] == drawn
    assert len(set(drawn)) == len(drawn)
    first.restart()
    assert [first.digits(6), first.serial_number(NAME), first.serial_number(NAME)] == drawn


def test_a_sequence_that_begins_anew_gives_another_certificate_another_number() -> None:
    source = Randomness(1)
    number = source.serial_number(NAME)
    source.restart()
    assert source.serial_number(OTHER) != number


def test_without_a_seed_a_certificate_of_the_same_name_gets_another_number() -> None:
    assert Randomness().serial_number(NAME) != Randomness().serial_number(NAME)


def test_serial_numbers_are_such_as_certificates_may_have() -> None:
    for seed in range(100):
        assert 0 < Randomness(seed).serial_number(NAME) < 2**BITS
