"""Student's t distribution, which the standard library does not have."""

from __future__ import annotations

import math

_STEPS = 300
_CLOSE = 1e-14
_TINY = 1e-300


def lower_tail(t: float, freedom: float) -> float:
    """Give how likely a value of at most `t` is, by the incomplete beta function (Abramowitz and Stegun, 26.7.1 and 26.5.8).

    Args:
        t: any number.
        freedom: degrees of freedom, above 0; they need not be whole.
    """
    if t == 0:
        return 0.5
    tail = _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2 if math.isfinite(t * t) else 0.0
    return tail if t < 0 else 1 - tail


def _beta(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function of x, which is from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x > (a + 1) / (a + b + 2):  # the fraction is quick on the other side
        return 1 - front * _fraction(1 - x, b, a) / b
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Give the continued fraction by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + factor * d)
            c = _not_zero(1 + factor / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
