"""What Loomio exports of a group: a line of JSON for each record, `{"table": "polls", "record": {...}}`.

The form is that of Loomio's own export service; older exports keep the group and the discussion in a poll, newer ones
in its topic, and keep anonymous votes as ballots of their own.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from collegium.decide.files.loomio_records import (
    LoomioComment,
    LoomioDiscussion,
    LoomioExport,
    LoomioPoll,
    LoomioStance,
)
from collegium.decide.files.records import DEFAULT, Limits, UnreadableBallots, UnreadableCode
from collegium.decide.files.texts import read_text
from collegium.science.choices.ballots import HIGHEST_MARK, Ballots

TAKEN = frozenset(
    {"groups", "users", "discussions", "topics", "comments", "polls", "poll_options", "stances", "stance_choices"}
    | {"outcomes", "anonymous_ballots", "anonymous_ballot_choices"}
)
Record = Mapping[str, Any]
Tables = Mapping[str, list[Record]]


def read_loomio(path: Path, limits: Limits = DEFAULT) -> LoomioExport:
    """Read a group that was exported from Loomio. Raises UnreadableBallots."""
    tables, left_out = _tables(path, limits)
    if not tables["groups"] and not tables["polls"]:
        raise UnreadableBallots(UnreadableCode.NOT_LOOMIO, {"file": path.name, "line": "1"})
    kept = {table: _kept(records) for table, records in tables.items()}
    for table, records in tables.items():
        left_out[table] += len(records) - len(kept[table])
    polls = _polls(kept)
    tops = [record for record in kept["groups"] if record.get("parent_id") is None] or kept["groups"]
    return LoomioExport(
        name=_text(tops[0].get("name")) if tops else "",
        people={record["id"]: _text(record.get("name")) for record in kept["users"]},
        discussions=_discussions(kept),
        polls=polls,
        left_out={table: count for table, count in sorted(left_out.items()) if count},
    )


def ballots_of(poll: LoomioPoll) -> Ballots:
    """Return the votes that were cast, as marks: ranks of a ranking, else scores from 0, chosen as 1.

    Loomio gives the best option of a ranking the highest score. Scores below 0 are moved up so that the lowest is 0.
    """
    cast = [stance for stance in poll.stances if stance.is_cast]
    lowest = min((score for stance in cast for score in stance.scores.values()), default=0)
    rows: list[list[int | None]] = []
    for stance in cast:
        if poll.type == "ranked_choice":
            order = sorted(set(stance.scores.values()), reverse=True)
            ranks = {option: order.index(score) + 1 for option, score in stance.scores.items()}
            rows.append([ranks.get(option) for option in poll.options])
        else:
            rows.append(
                [None if (s := stance.scores.get(option)) is None else s - min(lowest, 0) for option in poll.options]
            )
    return Ballots.of(poll.options, rows, asked=len(poll.stances))


def _tables(path: Path, limits: Limits) -> tuple[dict[str, list[Record]], Counter[str]]:
    tables: dict[str, list[Record]] = {table: [] for table in TAKEN}
    left_out: Counter[str] = Counter()
    for number, line in enumerate(read_text(path, limits).split("\n"), start=1):
        if not line.strip():
            continue
        table, record = _record(path.name, number, line)
        if table in TAKEN:
            tables[table].append(record)
        else:
            left_out[table] += 1
    return tables, left_out


def _record(name: str, number: int, line: str) -> tuple[str, Record]:
    """Return the record of a line; a line that is none makes the whole file another kind of file, or a damaged one."""
    refused = UnreadableBallots(UnreadableCode.NOT_LOOMIO, {"file": name, "line": str(number)})
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise refused from error
    if (
        not isinstance(found, dict)
        or not isinstance(found.get("table"), str)
        or not isinstance(found.get("record"), dict)
    ):
        raise refused
    table, record = found["table"], found["record"]
    numbered = table in TAKEN - {"anonymous_ballots", "anonymous_ballot_choices"}
    if numbered and not isinstance(record.get("id"), int):
        raise refused
    return table, record


def _kept(records: list[Record]) -> list[Record]:
    """Leave out what was deleted in Loomio."""
    return [record for record in records if not record.get("discarded_at") and not record.get("archived_at")]


def _polls(kept: Tables) -> tuple[LoomioPoll, ...]:
    options: dict[int, list[Record]] = defaultdict(list)
    for record in sorted(kept["poll_options"], key=lambda record: (_whole(record.get("priority")), record["id"])):
        options[_whole(record.get("poll_id"))].append(record)
    name_of = {record["id"]: name for each in options.values() for record, name in _named(each)}
    stances = _stances(kept, name_of)
    outcomes: dict[int, list[str]] = defaultdict(list)
    for record in sorted(kept["outcomes"], key=lambda record: record["id"]):
        outcomes[_whole(record.get("poll_id"))].append(_text(record.get("statement")))
    discussion_of = _discussion_of_topics(kept)
    return tuple(
        LoomioPoll(
            id=record["id"],
            title=_text(record.get("title")),
            details=_text(record.get("details")),
            type=_text(record.get("poll_type")),
            is_anonymous=bool(record.get("anonymous")),
            closed_at=_text(record.get("closed_at")),
            discussion=record.get("discussion_id") or discussion_of.get(_whole(record.get("topic_id"))),
            options=tuple(name_of[option["id"]] for option in options[record["id"]]),
            stances=tuple(stances[record["id"]]),
            outcomes=tuple(outcomes[record["id"]]),
            most_score=_number_or_none(record.get("max_score")),
            dots=_number_or_none(record.get("dots_per_person")),
        )
        for record in sorted(kept["polls"], key=lambda record: record["id"])
    )


def _named(options: list[Record]) -> list[tuple[Record, str]]:
    """Give each option of a poll a name that no other has."""
    names = [_text(record.get("name")) or f"#{record['id']}" for record in options]
    times = Counter(names)
    return [
        (record, name if times[name] == 1 else f"{name} (#{record['id']})")
        for record, name in zip(options, names, strict=True)
    ]


def _stances(kept: Tables, name_of: Mapping[int, str]) -> dict[int, list[LoomioStance]]:
    """Return the votes of each poll: the latest of each voter, not one that was taken back."""
    chosen: dict[Any, dict[str, int]] = defaultdict(dict)
    for table, owner in (("stance_choices", "stance_id"), ("anonymous_ballot_choices", "anonymous_ballot_id")):
        for record in kept[table]:
            option = name_of.get(_whole(record.get("poll_option_id")))
            if option is not None:
                chosen[owner, record.get(owner)][option] = _whole(record.get("score", 1))
    found: dict[int, list[LoomioStance]] = defaultdict(list)
    for record in sorted(kept["stances"], key=lambda record: record["id"]):
        if record.get("latest") is False or record.get("revoked_at"):
            continue
        found[_whole(record.get("poll_id"))].append(
            LoomioStance(
                voter=record.get("participant_id"),
                is_cast=bool(record.get("cast_at")),
                scores=chosen["stance_id", record["id"]],
                reason=_text(record.get("reason")),
            )
        )
    for record in kept["anonymous_ballots"]:
        scores = chosen["anonymous_ballot_id", record.get("id")]
        found[_whole(record.get("poll_id"))].append(LoomioStance(voter=None, is_cast=True, scores=scores))
    return found


def _discussions(kept: Tables) -> tuple[LoomioDiscussion, ...]:
    comments: dict[int, list[LoomioComment]] = defaultdict(list)
    discussion_of = _discussions_of_comments(kept["comments"])
    for record in sorted(kept["comments"], key=lambda record: (_text(record.get("created_at")), record["id"])):
        comments[discussion_of.get(record["id"], 0)].append(
            LoomioComment(
                author=record.get("user_id"),
                body=_text(record.get("body")),
                created_at=_text(record.get("created_at")),
            )
        )
    return tuple(
        LoomioDiscussion(
            id=record["id"],
            title=_text(record.get("title")),
            description=_text(record.get("description")),
            author=record.get("author_id"),
            created_at=_text(record.get("created_at")),
            comments=tuple(comments[record["id"]]),
        )
        for record in sorted(kept["discussions"], key=lambda record: record["id"])
    )


def _discussions_of_comments(records: list[Record]) -> dict[int, int]:
    """Follow replies up to their discussion; older exports name it in each comment."""
    by_id = {record["id"]: record for record in records}
    found: dict[int, int] = {}
    for record in records:
        at, seen = record, {record["id"]}
        while not at.get("discussion_id") and at.get("parent_type") == "Comment":
            above = by_id.get(_whole(at.get("parent_id")))
            if above is None or above["id"] in seen:
                break
            seen.add(above["id"])
            at = above
        in_discussion = at.get("parent_id") if at.get("parent_type") == "Discussion" else 0
        found[record["id"]] = _whole(at.get("discussion_id") or in_discussion)
    return found


def _discussion_of_topics(kept: Tables) -> dict[int, int]:
    return {
        record["id"]: _whole(record.get("topicable_id"))
        for record in kept["topics"]
        if record.get("topicable_type") == "Discussion"
    }


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _whole(value: object) -> int:
    """Return a number that may be missing; what is no number, or beyond any, is 0."""
    return value if isinstance(value, int) and abs(value) <= HIGHEST_MARK else 0


def _number_or_none(value: object) -> int | None:
    return value if isinstance(value, int) else None
