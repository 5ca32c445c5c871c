"""Driver diagrams: changed box by box, nothing lost when two do so at once, drawn without boxes over one another."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from collegium.enquire.drivers import svg
from collegium.enquire.drivers.layout import WIDTH, lay_out
from collegium.enquire.drivers.tree import MOST_NODES, Tree
from collegium.enquire.enums import DriverKind
from collegium.enquire.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.enquire.models import DriverVersion, Enquiry
from collegium.enquire.policies import Standing
from collegium.enquire.queries import drivers as queries
from collegium.enquire.queries import own
from collegium.enquire.services import drivers as services
from collegium.people.models import Person
from tests import factories as make
from tests.enquire.rows import make_enquiry

pytestmark = pytest.mark.django_db
ODD = "<b>&\"'Żółć Ωμέγα"


@pytest.fixture
def enquiry() -> Enquiry:
    unit = make.make_unit(make.make_community(), "Hill")
    person = make.make_person(unit.community, "Ada", "Hill", account=True)
    make.make_post(person, unit)
    return make_enquiry(unit, person, aim="All begin on time")


def by(enquiry: Enquiry) -> dict[str, Any]:
    assert isinstance(enquiry.owner, Person)
    return {"actor": make.actor_of(enquiry.owner), "enquiry": enquiry, "standing": Standing(owns=True)}


def grow() -> Tree:
    """A small diagram with each kind of box."""
    tree = Tree().add(parent="", kind=DriverKind.AIM, text="All begin on time")
    for text in ("Pupils arrive", "Teachers are ready"):
        tree = tree.add(parent=tree.nodes[0].id, kind=DriverKind.PRIMARY, text=text)
    first = tree.nodes[1]
    tree = tree.add(parent=first.id, kind=DriverKind.SECONDARY, text="The way is short")
    tree = tree.add(parent=tree.nodes[-1].id, kind=DriverKind.IDEA, text="One way round")
    tree = tree.add(parent=tree.nodes[-1].id, kind=DriverKind.MEASURE, text="Minutes on the way")
    return tree.add(parent=tree.nodes[0].id, kind=DriverKind.MEASURE, text="Lessons begun in time")


def keep(enquiry: Enquiry, tree: Tree) -> Tree:
    DriverVersion.objects.create(
        community=enquiry.community, enquiry=enquiry, number=1, nodes=tree.dump(), what="added", made_by=enquiry.owner
    )
    return tree


# --- the tree ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "under"),
    [(DriverKind.AIM, "All begin on time"), (DriverKind.IDEA, "All begin on time"),
     (DriverKind.SECONDARY, "The way is short"), (DriverKind.MEASURE, "Minutes on the way"), (DriverKind.AIM, "")],
)  # fmt: skip
def test_what_cannot_stand_there_is_refused(kind: DriverKind, under: str) -> None:
    tree = grow()
    above = next((node.id for node in tree.nodes if node.text == under), "")
    with pytest.raises(Invalid, match="driver_place"):
        tree.add(parent=above, kind=kind, text="x")


def test_a_box_moves_with_all_under_it_and_never_under_itself() -> None:
    tree = grow()
    by_text = {node.text: node for node in tree.nodes}
    secondary, ready = by_text["The way is short"], by_text["Teachers are ready"]
    moved = tree.move(secondary.id, parent=ready.id)
    assert [node.text for node, _depth in moved.walk(ready.id)] == [
        "The way is short", "One way round", "Minutes on the way",
    ]  # fmt: skip
    first = tree.move(ready.id, parent=ready.parent, before=by_text["Pupils arrive"].id)
    assert [node.text for node in first.below(ready.parent)][:2] == ["Teachers are ready", "Pupils arrive"]
    with pytest.raises(Invalid):
        tree.move(secondary.id, parent=by_text["One way round"].id)
    with pytest.raises(Invalid):
        tree.move(by_text["All begin on time"].id, parent=ready.id)
    assert len(tree.remove(secondary.id).nodes) == len(tree.nodes) - 3
    assert Tree.load(tree.dump()) == tree


def test_a_diagram_does_not_grow_for_ever() -> None:
    tree = Tree().add(parent="", kind=DriverKind.AIM, text="Aim")
    for place in range(MOST_NODES - 1):
        tree = tree.add(parent=tree.nodes[0].id, kind=DriverKind.PRIMARY, text=str(place))
    with pytest.raises(Invalid, match="driver_too_many"):
        tree.add(parent=tree.nodes[0].id, kind=DriverKind.PRIMARY, text="one more")


# --- drawn ------------------------------------------------------------------------------------------------------------
def test_no_two_boxes_stand_over_one_another() -> None:
    tree = grow()
    for place in range(6):
        tree = tree.add(
            parent=tree.nodes[2].id, kind=DriverKind.SECONDARY, text="A longer text than one line " * place + "x"
        )
        tree = tree.add(parent=tree.nodes[0].id, kind=DriverKind.MEASURE, text=f"Measure {place}")
    boxes = lay_out(tree).boxes
    assert len(boxes) == len(tree.nodes)
    for one in boxes:
        for other in boxes:
            if one is not other and one.x == other.x:
                assert one.y + one.height <= other.y or other.y + other.height <= one.y
    picture = lay_out(tree)
    assert all(box.x + WIDTH <= picture.width and box.y + box.height <= picture.height for box in boxes)
    assert all(upper.x < lower.x for upper, lower in picture.edges)


def test_what_people_write_is_escaped_in_the_picture() -> None:
    tree = Tree().add(parent="", kind=DriverKind.AIM, text=ODD)
    drawn = svg.draw(lay_out(tree), title=ODD, about=ODD)
    root = ET.fromstring(drawn)
    assert ODD in "".join(root.itertext())
    assert "<b>" not in drawn


# --- two at once ------------------------------------------------------------------------------------------------------
def test_two_who_change_different_boxes_lose_nothing(enquiry: Enquiry) -> None:
    tree = keep(enquiry, grow())
    services.change(**by(enquiry), node_id=tree.nodes[1].id, text="Pupils are there", seen=1)
    services.change(**by(enquiry), node_id=tree.nodes[2].id, text="We are ready", seen=1)
    services.add(**by(enquiry), parent=tree.nodes[0].id, kind=DriverKind.PRIMARY, text="Rooms are open")
    now = queries.get_newest(enquiry)
    assert now.number == 4
    assert {"Pupils are there", "We are ready", "Rooms are open"} < {node.text for node in now.tree.nodes}


@pytest.mark.parametrize(
    "act",
    [
        lambda who, node: services.change(**who, node_id=node, text="mine", seen=1),
        lambda who, node: services.remove(**who, node_id=node, seen=1),
        lambda who, node: services.move(**who, node_id=node, parent="", seen=1),
    ],
    ids=["change", "remove", "move"],
)
def test_a_box_that_somebody_changed_meanwhile_is_not_written_over(enquiry: Enquiry, act: Callable[..., Any]) -> None:
    tree = keep(enquiry, grow())
    node = tree.nodes[3].id
    services.change(**by(enquiry), node_id=node, text="theirs", seen=1)
    with pytest.raises(Conflict) as told:
        act(by(enquiry), node)
    assert (told.value.code, told.value.data["text"]) == ("driver_changed", "theirs")
    assert queries.get_newest(enquiry).tree.get(node).text == "theirs"


def test_what_was_taken_off_or_grew_meanwhile_is_not_lost(enquiry: Enquiry) -> None:
    tree = keep(enquiry, grow())
    primary, secondary = tree.nodes[1].id, tree.nodes[3].id
    services.add(**by(enquiry), parent=secondary, kind=DriverKind.IDEA, text="New")
    with pytest.raises(Conflict, match="driver_changed"):
        services.remove(**by(enquiry), node_id=primary, seen=1)
    services.remove(**by(enquiry), node_id=primary, seen=2)
    for act in (
        lambda: services.change(**by(enquiry), node_id=secondary, text="x", seen=1),
        lambda: services.add(**by(enquiry), parent=secondary, kind=DriverKind.IDEA, text="x"),
    ):
        with pytest.raises(Conflict, match="driver_gone"):
            act()
    with pytest.raises(Conflict, match="driver_newer"):
        services.restore(**by(enquiry), number=1, seen=1)
    services.restore(**by(enquiry), number=1, seen=3)
    assert queries.get_newest(enquiry).tree == tree
    with pytest.raises(NotFound):
        queries.get_version(enquiry, 99)


def test_the_form_comes_back_with_both_wordings_and_then_stands(enquiry: Enquiry) -> None:
    tree = keep(enquiry, grow())
    node = tree.nodes[1].id
    client = Client()
    client.force_login(enquiry.owner.account)
    url = reverse("enquire:driver_change", args=[enquiry.id, node])
    services.change(**by(enquiry), node_id=node, text="theirs", seen=1)
    done = client.post(url, {"text": "mine", "seen": "1"})
    text = done.content.decode()
    assert done.status_code == 422
    assert "It now says: theirs" in text
    assert 'value="mine"' in text
    assert 'name="seen" value="2"' in text
    client.post(url, {"text": "mine", "seen": "2"})
    assert queries.get_newest(enquiry).tree.get(node).text == "mine"


# --- pages ------------------------------------------------------------------------------------------------------------
def test_it_is_drawn_by_forms_alone(enquiry: Enquiry) -> None:
    client = Client()
    client.force_login(enquiry.owner.account)
    page, add = (reverse(f"enquire:{name}", args=[enquiry.id]) for name in ("drivers", "driver_add"))
    assert add in client.get(page).content.decode()
    assert 'value="All begin on time"' in client.get(add).content.decode()
    assert client.post(add, {"text": ""}).status_code == 422
    client.post(add, {"text": "All begin on time"})
    aim = queries.get_newest(enquiry).tree.nodes[0]
    for text in ("Arrive", "Ready"):
        client.post(f"{add}?under={aim.id}", {"kind": "primary", "text": text})
    arrive, ready = queries.get_newest(enquiry).tree.nodes[1:]
    client.post(f"{add}?under={arrive.id}", {"kind": "idea", "text": ODD})
    odd = queries.get_newest(enquiry).tree.nodes[-1]
    client.post(reverse("enquire:driver_move", args=[enquiry.id, odd.id]), {"parent": ready.id, "seen": "4"})
    drop = reverse("enquire:driver_drop", args=[enquiry.id])
    client.post(drop, {"node": odd.id, "parent": arrive.id, "seen": "5"})
    assert queries.get_newest(enquiry).tree.get(odd.id).parent == arrive.id
    refused = client.post(drop, {"node": odd.id, "parent": aim.id, "seen": "6"}, follow=True).content.decode()
    assert "That box cannot stand there." in refused
    text = client.get(page).content.decode()
    assert "Żółć" in text
    assert "<b>&amp;" not in text
    assert "Version 6" in text
    client.post(reverse("enquire:driver_remove", args=[enquiry.id, arrive.id]), {"seen": "6"})
    assert [node.text for node in queries.get_newest(enquiry).tree.nodes] == ["All begin on time", "Ready"]
    old = client.get(reverse("enquire:drivers_version", args=[enquiry.id, 6])).content.decode()
    assert "This is how it stood in version 6." in old
    client.post(reverse("enquire:drivers_restore", args=[enquiry.id, 6]))
    assert len(queries.get_newest(enquiry).tree.nodes) == 4


def test_it_is_taken_along_as_two_kinds_of_picture(enquiry: Enquiry) -> None:
    keep(enquiry, grow())
    client = Client()
    client.force_login(enquiry.owner.account)
    drawn = client.get(reverse("enquire:drivers_svg", args=[enquiry.id]))
    assert ET.fromstring(drawn.content).tag.endswith("svg")
    assert 'filename="drivers.svg"' in drawn["Content-Disposition"]
    image = Image.open(io.BytesIO(client.get(reverse("enquire:drivers_png", args=[enquiry.id])).content))
    assert image.size == (lay_out(grow()).width * 2, lay_out(grow()).height * 2)
    colours = {colour for _n, colour in image.getcolors(maxcolors=100_000)}
    assert {(14, 81, 102), (220, 235, 236)} <= colours


def test_others_read_it_and_change_nothing(enquiry: Enquiry) -> None:
    keep(enquiry, grow())
    other = make.make_person(enquiry.community, "Ben", "Hill", account=True)
    make.make_post(other, enquiry.unit)
    with pytest.raises(NotAllowed):
        services.add(
            actor=make.actor_of(other), enquiry=enquiry, standing=Standing(), parent="", kind=DriverKind.AIM, text="x"
        )
    client = Client()
    client.force_login(other.account)
    text = client.get(reverse("enquire:drivers", args=[enquiry.id])).content.decode()
    assert "One way round" in text
    assert "Add under it" not in text


def test_who_changed_it_is_in_their_data_and_is_forgotten(enquiry: Enquiry) -> None:
    keep(enquiry, grow())
    owner = enquiry.owner_id
    assert own.dump(owner)["driver_diagrams_changed"][0]["what"] == "added"
    services.forget_person(owner)
    assert own.dump(owner)["driver_diagrams_changed"] == []
    assert len(queries.list_versions(enquiry)) == 1
