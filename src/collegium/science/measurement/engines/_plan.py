"""What to read from a table and how to understand it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines._coding import Column, ItemCoding, Misfit, atoms_of
from collegium.science.measurement.engines._kernel import Counter, Options
from collegium.science.measurement.engines._reading import Piece, Table
from collegium.science.measurement.layout import Layout

Recode = Mapping[str, Mapping[str | int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to read and how to understand it; the same for every engine and every machine."""

    layout: Layout
    atom: tuple[str, ...]
    names: tuple[str, ...]
    codings: tuple[ItemCoding, ...]

    @classmethod
    def made(
        cls,
        layout: Layout,
        atom: str | Sequence[str],
        columns: Mapping[str, str] | None,
        recode: Recode | None,
    ) -> Plan:
        """Put the plan together, and refuse what names no item."""
        keys = {item.key for item in layout.items}
        unknown = sorted(({*(columns or {})} | {*(recode or {})}) - keys)
        UnusableInput.unless(not unknown, "unknown_item", f"Unknown items: {', '.join(unknown)}.", items=unknown)
        names = tuple((columns or {}).get(item.key, item.key) for item in layout.items)
        twice = sorted({name for name in names if names.count(name) > 1})
        UnusableInput.unless(
            not twice, "same_name", f"Two items are read from the column {', '.join(twice)}.", names=twice
        )
        parts = (atom,) if isinstance(atom, str) else tuple(atom)
        UnusableInput.unless(parts, "no_atom", "At least one column must say which group a sheet belongs to.")
        lowest, highest = layout.lowest, layout.highest
        return cls(
            layout=layout,
            atom=parts,
            names=names,
            codings=tuple(ItemCoding(lowest, highest, item, (recode or {}).get(item.key)) for item in layout.items),
        )

    @property
    def asked(self) -> list[str]:
        """The columns to read, each once."""
        return list(dict.fromkeys((*self.atom, *self.names)))

    def count(self, counter: Counter, piece: Piece) -> None:
        """Count a piece."""
        names, place = atoms_of([piece.columns[name] for name in self.atom])
        counter.add(names, place, lambda at: self._options(piece, at))

    def read_plainly(self, table: Table) -> None:
        """Read a table with the reader that knows the number of each row, to say which row is wrong."""
        for piece in table.pieces(self.asked):
            self.count(Counter(self.layout), piece)

    def _options(self, piece: Piece, at: int) -> Options:
        column: Column = piece.columns[self.names[at]]
        coding = self.codings[at]
        try:
            return coding.options(column)
        except Misfit as found:
            row = piece.number(found.row)
            where = f"{piece.file}, row {row}" if piece.file else f"row {row}"
            options = f"{coding.item.lowest} to {coding.item.highest}"
            if coding.recode is not None:
                options = ", ".join(map(repr, coding.recode))
            raise UnusableInput(
                "outside_range",
                f"{where}, column {self.names[at]}: {found.value!r} is none of the options of {coding.item.key} "
                f"({options}).",
                file=piece.file,
                column=self.names[at],
                item=coding.item.key,
                row=row,
                value=found.value,
            ) from None
