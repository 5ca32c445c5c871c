"""Numbers and pictures of numbers, each with what it rests on and its table one click away."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from collegium.base.figures import ControlChart, Distribution, Lineup, Profile, Series, SmallMultiples, Style
from collegium.site.charts import control, drawings, numbers, tables
from collegium.site.components.registry import draw, register

REMEMBERED = 4096
REMEMBERED_LARGE = 64  # a lineup of fifteen hundred schools is drawn in a quarter of a megabyte
Figure = TypeVar("Figure", Distribution, Series, Profile, Lineup, ControlChart, SmallMultiples)


def remembered(draw_figure: Callable[[Figure], SafeString], *, most: int = REMEMBERED) -> Callable[..., SafeString]:
    """Draw a figure once in each language: the same result is read by a whole staff at the same hour.

    What is drawn depends on nothing else, so whoever may have the figure may have the drawing.
    """

    @lru_cache(maxsize=most)
    def drawn(_language: str | None, figure: Figure) -> SafeString:
        return draw_figure(figure)

    @wraps(draw_figure)
    def tag(*, figure: Figure) -> SafeString:
        return drawn(get_language(), figure)

    del tag.__wrapped__  # Django would ask this one for its arguments
    return tag


@register.simple_tag
def stat(
    *,
    label: str,
    value: float | None,
    interval: tuple[float, float] | None = None,
    n: int | None = None,
    style: Style = "measure",
    sentence: str = "",
    url: str = "",
) -> SafeString:
    """Draw one number with its interval, how many answered, and what it means; a `value` of None is not shown."""
    words = {"words": numbers.write_not_shown()}
    if value is not None:
        words = {
            "words": numbers.write_value(value, style),
            "range_words": numbers.write_range(*interval, style) if interval else "",
            "n_words": "" if n is None else numbers.write_n(n),
        }
    return draw(
        "stat",
        label=label,
        is_shown=value is not None,
        **words,
        sentence=sentence,
        url=url,
    )


@register.simple_tag
@remembered
def distribution(figure: Distribution) -> SafeString:
    """Draw how answers, people or posts fall over the options."""
    segments = drawings.draw_distribution(figure)
    return draw(
        "distribution",
        figure=figure,
        segments=segments,
        in_rows=len(segments) > drawings.TINTS,
        table=tables.table_of_distribution(figure),
        n_words=figure.counted or numbers.write_n(figure.n),
        not_shown=figure.absent or numbers.write_not_shown() if figure.shares is None else "",
    )


@register.simple_tag
@remembered
def sparkline(figure: Series) -> SafeString:
    """Draw a measure over time, the size of a few words: interval, line, signals, last value."""
    return draw(
        "sparkline", figure=figure, drawing=drawings.draw_sparkline(figure), table=tables.table_of_series(figure)
    )


@register.simple_tag
@remembered
def trend(figure: Series) -> SafeString:
    """Draw a measure over time with its axis."""
    return draw("trend", figure=figure, drawing=drawings.draw_trend(figure), table=tables.table_of_series(figure))


@register.simple_tag
@remembered
def profile(figure: Profile) -> SafeString:
    """Draw several facets on one scale, each a dot with its interval."""
    return draw("profile", figure=figure, drawing=drawings.draw_profile(figure), table=tables.table_of_profile(figure))


@register.simple_tag
@partial(remembered, most=REMEMBERED_LARGE)
def lineup(figure: Lineup) -> SafeString:
    """Draw many units beside each other, each with its interval, the reader's own marked."""
    return draw("lineup", figure=figure, drawing=drawings.draw_lineup(figure), table=tables.table_of_lineup(figure))


@register.simple_tag
@remembered
def control_chart(figure: ControlChart) -> SafeString:
    """Draw a measure over time with its centre line, its limits, and what stands out."""
    return draw(
        "control_chart",
        figure=figure,
        drawing=control.draw_control_chart(figure),
        table=tables.table_of_control_chart(figure),
    )


@register.simple_tag
@partial(remembered, most=REMEMBERED_LARGE)
def small_multiples(figure: SmallMultiples) -> SafeString:
    """Draw the same measure of many beside each other, on one scale."""
    charts = control.on_one_scale(figure.charts)
    drawn = [(chart, control.draw_control_chart(chart, height=control.SMALL_HEIGHT)) for chart in charts]
    return draw("small_multiples", figure=figure, drawn=drawn)
