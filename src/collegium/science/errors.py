"""What the statistics refuse. Too few answers are no error: they give a result without a value, and a caution."""

from __future__ import annotations


class UnusableInput(ValueError):
    """Input that no definition covers: a wrong shape, a number that is none, a code outside its range.

    Parameters
    ----------
    code : str
        Stable name of what is wrong, for programs and translations.
    message : str
        The same for people.
    **data : object
        What the wording needs: the item, the row, the value.
    """

    def __init__(self, code: str, message: str, **data: object) -> None:
        super().__init__(message)
        self.code = code
        self.data = data

    @classmethod
    def unless(cls, holds: object, code: str, message: str, **data: object) -> None:
        """Raise this error where `holds` is false."""
        if not holds:
            raise cls(code, message, **data)
