"""What would break if somebody left, for the unit's own stewards: a post, what it holds together, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.connect.leaving_words import list_what_to_do, say_of_leaving
from collegium.connect.presenters.web_frame import WebFrame, frame_web
from collegium.connect.queries import leaving
from collegium.connect.queries.analyses import Analysis
from collegium.connect.queries.leaving import HeldPost
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame

MOST_POSTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingPost:
    """A post on which several depend. No name: who holds it is not the point, that there is one is."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingPage:
    """The posts, and what helps."""

    frame: WebFrame
    posts: tuple[RestingPost, ...]
    what_to_do: tuple[str, ...]

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


def present_leaving(actor: Actor, analysis: Analysis, layer_key: str) -> LeavingPage:
    """Return what would break if somebody left."""
    frame = frame_web(actor, analysis, layer_key, page="web_leaving")
    layer = frame.layer
    found = leaving.list_resting_for(actor, analysis, layer.key)[:MOST_POSTS] if layer else []
    return LeavingPage(
        frame=frame,
        posts=tuple(
            RestingPost(
                title=name_post(post),
                sentences=tuple(say_of_leaving(_("If this post stood empty"), rests, layer, frame.k, few=False)),
            )
            for post, rests in found
            if layer
        ),
        what_to_do=list_what_to_do(),
    )


def name_post(post: HeldPost) -> str:
    """Return what a post is called; of several with the same title it is one of them."""
    words = {"title": post.title, "unit": post.unit, "n": post.alike}
    if post.alike > 1:
        return _("One of %(n)s posts “%(title)s”, %(unit)s") % words
    return _("%(title)s, %(unit)s") % words
