"""Reviews as versioned text files: what is judged, in which words, and what follows from it. No Django, no database.

`read` makes a `Definition` of a file, or raises what `listen` raises of an instrument: everything that is wrong with
it, line by line. `get_shipped` gives those that come with Collegium.
"""

from collegium.guide.reviews.model import Claim, Definition, Descriptor, Outcome
from collegium.guide.reviews.reading import read
from collegium.guide.reviews.result import work_out
from collegium.guide.reviews.shipped_files import KEYS, get_shipped, get_shipped_file, list_shipped

__all__ = [
    "KEYS",
    "Claim",
    "Definition",
    "Descriptor",
    "Outcome",
    "get_shipped",
    "get_shipped_file",
    "list_shipped",
    "read",
    "work_out",
]
