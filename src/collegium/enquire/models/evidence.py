"""What a stage rests on: files, links, and numbers as they were; and the draft in which an enquiry lives on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.enquire.enums import EvidenceKind, Stage
from collegium.enquire.models.enquiries import TITLE_LIMIT, Enquiry
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class Evidence(Owned):
    """A file, a link or a cited number at a stage. Taken off it is no longer shown, and a file's content goes.

    Of a number, `kind`, `key` and `source_id` say which one (`base.numbers`), and `value` how it was on that day.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=TITLE_LIMIT)
    note = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True, blank=True)
    key = models.CharField(max_length=80, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField(default=time.now)
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="evidence_stage_known"),
            models.CheckConstraint(
                condition=~Q(kind=EvidenceKind.FILE)
                | Q(withdrawn_at__isnull=False)
                | Q(content__isnull=False, size__gte=1),
                name="evidence_file_not_empty",
            ),
            models.CheckConstraint(condition=~Q(kind=EvidenceKind.LINK) | ~Q(url=""), name="evidence_link_leads"),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values) | ~Q(key=""), name="evidence_number_of_something"
            ),
        ]
        indexes = [models.Index(fields=["enquiry", "added_at"], name="evidence_by_enquiry")]

    def __str__(self) -> str:
        return self.title


class PracticeDraft(Owned):
    """What an enquiry found, told for those who were not in it. It begins with what was said when it closed."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    finding = models.TextField()
    how = models.TextField(blank=True)
    again = models.TextField(blank=True)
    who_should_know = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=time.now)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(finding=""), name="practicedraft_is_told")]

    def __str__(self) -> str:
        return self.title
