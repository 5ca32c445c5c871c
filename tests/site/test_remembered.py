"""A figure is drawn once in each language, and never the one for the other."""

from __future__ import annotations

from django.utils.translation import override

from collegium.base.figures import Distribution, Share
from collegium.site.components.figures import distribution, remembered


def figure(count: int) -> Distribution:
    """Return how four options were chosen, the first of them so often."""
    shares = tuple(Share(label=label, count=count if label == "a" else 10) for label in "abcd")
    return Distribution(title="How it falls", shares=shares)


def test_a_figure_that_was_drawn_is_not_drawn_again() -> None:
    drawn: list[int] = []

    def draw_figure(given: Distribution) -> str:
        drawn.append(given.n)
        return str(given.n)

    tag = remembered(draw_figure)  # type: ignore[type-var, arg-type]
    assert [tag(figure=figure(count)) for count in (5, 5, 6, 5)] == ["35", "35", "36", "35"]
    assert drawn == [35, 36]
    with override("cy"):
        tag(figure=figure(5))
    assert drawn == [35, 36, 35]


def test_figures_that_differ_in_one_number_are_drawn_apart() -> None:
    one, other = distribution(figure=figure(5)), distribution(figure=figure(6))
    assert one != other
    assert distribution(figure=figure(5)) == one
