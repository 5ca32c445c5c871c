"""What the house says back: notices, empty pages, progress, steps."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from collegium.site.components.registry import check_choice, draw, register

NOTICE_ICONS = {"info": "info", "good": "check", "look": "look", "problem": "problem"}
JOB_STATES = ("queued", "running", "done", "failed")


@register.simple_block_tag
def notice(content: str, *, kind: str = "info", title: str = "", announce: bool = False) -> SafeString:
    """Say something: `look` asks for attention, `problem` says what to mend; `announce` has it read out."""
    check_choice("kind", kind, NOTICE_ICONS)
    return draw("notice", content=content, kind=kind, title=title, announce=announce, icon=NOTICE_ICONS[kind])


@register.simple_block_tag
def empty_state(content: str, *, title: str, action: str = "", href: str = "", icon: str = "") -> SafeString:
    """Teach where there is nothing yet: what will be here, why it matters, one button to begin."""
    return draw("empty_state", content=content, title=title, action=action, href=href, icon=icon)


@register.simple_tag
def job_progress(
    *,
    title: str,
    state: str,
    done: int = 0,
    total: int = 0,
    step: str = "",
    poll_url: str = "",
    next_url: str = "",
    next_text: str = "",
) -> SafeString:
    """Draw how far long work has come; asks `poll_url` for this same fragment every two seconds until it ends."""
    check_choice("state", state, JOB_STATES)
    percent = min(100, 100 * done // total) if total else None
    return draw(
        "job_progress",
        title=title,
        state=state,
        is_over=state in ("done", "failed"),
        done=done,
        total=total,
        percent=percent,
        step=step,
        poll_url=poll_url,
        next_url=next_url,
        next_text=next_text,
    )


@register.simple_tag
def stepper(*, label: str, steps: Sequence[str], current: int) -> SafeString:
    """Draw the steps of a longer task; `current` counts from 1."""
    drawn = [
        {"text": step, "is_done": place < current, "is_current": place == current}
        for place, step in enumerate(steps, start=1)
    ]
    return draw("stepper", label=label, steps=drawn, current=current, total=len(drawn))
