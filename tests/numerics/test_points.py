"""Proposals drawn together are those drawn one by one."""

from random import Random

import pytest

from symbolic_mqb.numerics import points


@pytest.mark.parametrize("count", [0, 1, 2, 17, 136])
@pytest.mark.parametrize("most", [1, 2])
def test_many_dyadics_are_those_drawn_one_by_one(count: int, most: int) -> None:
    for seed in range(20):
        one, all_ = Random(seed), Random(seed)
        assert points.dyadics(all_, count, most) == [points.dyadic(one, most) for _ in range(count)]
        assert one.getstate() == all_.getstate()


def test_many_operators_are_those_drawn_one_by_one() -> None:
    one, all_ = Random(3), Random(3)
    assert list(points.operators(all_, 17)) == [points.operator(one, 1) for _ in range(17)]
    assert one.getstate() == all_.getstate()


def test_many_complex_numbers_are_those_drawn_one_by_one() -> None:
    one, all_ = Random(5), Random(5)
    assert list(points.complex_numbers(all_, 30)) == [points.complex_number(one, 0) for _ in range(30)]
    assert one.getstate() == all_.getstate()
