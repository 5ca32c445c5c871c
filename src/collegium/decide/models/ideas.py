"""Ideas: said before anything is proposed or judged; kept, whatever becomes of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.decide.models.matters import Matter, Proposal
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class Idea(Owned):
    """What somebody thinks could be done. `proposal` is the one it went into; a withdrawn one stays to be read."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="ideas")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=600)
    said_at = models.DateTimeField(default=time.now)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas")
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="idea_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="idea_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class IdeaMark(Owned):
    """Somebody sees an idea so too: counted, never named to others."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="ideamark_once")]

    def __str__(self) -> str:
        return str(self.id)
