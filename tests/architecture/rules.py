"""The rules of the house that an import contract cannot express.

A rule takes what it judges and returns one sentence for each thing it finds, so that it can be shown
a bad sample (test_rules.py) and the house itself (test_house.py).
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
LONGEST_VIEW = 30
# A room may point at rooms after it in this list, never before.
ROOMS = (
    *("cli", "site", "guide", "resource", "grow", "share", "enquire", "decide", "intend", "connect", "listen"),
    *("talk", "people", "base", "science"),
)
Functions = Iterator[ast.FunctionDef | ast.AsyncFunctionDef]


# --- size -------------------------------------------------------------------------------------------------------------
def file_too_long(path: str, text: str) -> list[str]:
    """A file that is longer cannot be held in the head."""
    lines = len(text.splitlines())
    return [f"{path}: {lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def function_too_long(path: str, text: str) -> list[str]:
    """The same for functions, views first of all."""
    limit = LONGEST_VIEW if is_layer(path, "views") else LONGEST_FUNCTION
    return [
        f"{path}:{function.lineno}: {function.name} has {length} lines, at most {limit}"
        for function in functions_in(ast.parse(text))
        if (length := body_length(function)) > limit
    ]


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    first = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1


def functions_in(tree: ast.AST) -> Functions:
    """Yield functions and methods, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_layer(path: str, layer: str) -> bool:
    """Whether the file is a module, or in a package, of this layer of a room."""
    return bool(re.search(rf"src/collegium/\w+/{layer}(\.py$|/)", path))


# --- what is written --------------------------------------------------------------------------------------------------
UNFINISHED = re.compile("TO" + r"DO|FIX" + r"ME|\bXX" + r"X\b|\bHA" + "CK")
LEFT_OUT = {"skip", "skipif", "skipIf", "skipUnless", "SkipTest", "xfail", "importorskip", "expectedFailure"}


def left_undone(path: str, text: str) -> list[str]:
    """Code that says it is not finished, and tests that do not run."""
    if not UNFINISHED.search(text) and not any(name in text for name in LEFT_OUT):
        return []
    remarks = [
        f"{path}:{token.start[0]}: says that something is left to do"
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT and UNFINISHED.search(token.string)
    ]
    for node in ast.walk(ast.parse(text)):
        name = node.attr if isinstance(node, ast.Attribute) else node.name if isinstance(node, ast.alias) else None
        if name not in LEFT_OUT:
            continue
        owner = ast.unparse(node.value) if isinstance(node, ast.Attribute) else "pytest"
        if re.search(r"pytest|mark|unittest", owner):
            remarks.append(f"{path}:{getattr(node, 'lineno', 1)}: leaves a test out ({name})")
    return remarks


OUTSIDE = re.compile(
    r"""(?:https?:|url\(\s*["']?|(?:src|href|action)\s*=\s*["']|["'])//(?!127\.0\.0\.1|localhost)[\w.-]+"""
)
# Names of XML vocabularies look like addresses and are never fetched.
VOCABULARY = re.compile(r"http://www\.w3\.org/[\w/.#-]+")


def outside_address(path: str, text: str) -> list[str]:
    """An asset or a template that names another host."""
    return [
        f"{path}:{number}: names another host: {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := OUTSIDE.search(VOCABULARY.sub("", line)))
    ]


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style\b|<[^>]*\s(?:style|on[a-z]+|hx-on[\w:-]*)\s*=\s*["']|javascript:""", re.IGNORECASE
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)


def inline_code(path: str, text: str) -> list[str]:
    """A template with script or style in it, which the content security policy would refuse."""
    bare = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    return [
        f"{path}:{bare.count(chr(10), 0, found.start()) + 1}: script or style inside the page: {found.group()[:60]}"
        for found in INLINE.finditer(bare)
    ]


# --- how a change is made ---------------------------------------------------------------------------------------------
def view_knows_tables(path: str, text: str) -> list[str]:
    """A view loads through queries; it imports no models."""
    if not is_layer(path, "views"):
        return []
    found = []
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [
            f"{path}:{node.lineno}: a view imports {name}"  # type: ignore[attr-defined]
            for name in names
            if re.match(r"collegium(\.\w+)*\.models(\.|$)|django\.apps\.apps$", name)
        ]
    return found


# Before anybody is signed in, and before there is a community to be in, there is no actor.
WITHOUT_ACTOR = tuple(f"src/collegium/people/services/{name}.py" for name in ("accounts", "communities"))


def service_signature(path: str, text: str) -> list[str]:
    """A service (what opens a transaction) takes keyword-only arguments, the actor first."""
    if not is_layer(path, "services") or path in WITHOUT_ACTOR:
        return []
    found = []
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef) or not any("atomic" in ast.unparse(it) for it in node.decorator_list):
            continue
        arguments = node.args
        if arguments.posonlyargs or arguments.args or arguments.vararg:
            found.append(f"{path}:{node.lineno}: {node.name} takes arguments by position")
        elif not arguments.kwonlyargs or arguments.kwonlyargs[0].arg != "actor":
            found.append(f"{path}:{node.lineno}: {node.name} does not begin with the actor")
    return found


def hidden_write(path: str, text: str) -> list[str]:
    """Writes happen in services: no signals, no `save` or `delete` of a model's own."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and is_layer(path, "models"):
            own = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
            found += [
                f"{path}:{node.lineno}: {node.name} overrides {name}" for name in own if name in ("save", "delete")
            ]
        # That a connection to a database was made is the one signal that writes nothing.
        if isinstance(node, ast.ImportFrom) and re.search(r"(?<!db\.backends)\.signals$", node.module or ""):
            found.append(f"{path}:{node.lineno}: imports a signal")
    return found


ANSWERS = re.compile(r"src/collegium/listen/(?:answers/|models/|migrations/)")
OF_ANSWERS = {"Sheet", "Tray", "Comment"}


def answers_read_elsewhere(path: str, text: str) -> list[str]:
    """The tables of single answers are known to one module of `listen`, and to no other."""
    if ANSWERS.search(path) or "collegium.listen.models" not in text:
        return []
    return [
        f"{path}:{node.lineno}: knows a table of single answers ({alias.name})"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("collegium.listen.models")
        for alias in node.names
        if alias.name in OF_ANSWERS | {"answers"}
    ]


SECRET = {
    # the tables of a room that one module of it knows, and no other: where they are defined, who may, which they are
    "collegium.decide.models": (
        re.compile(r"src/collegium/decide/(?:ballots/|models/|migrations/)"),
        {"Box", "SecretBallot", "SecretReason", "ballots"},
    ),
    "collegium.guide.models": (
        re.compile(r"src/collegium/guide/(?:judgements/|models/|migrations/)"),
        {"JudgementBox"},
    ),
}


def ballots_read_elsewhere(path: str, text: str) -> list[str]:
    """The tables of secret ballots and judgements are known to one module of their room, and to no other."""
    found = []
    for module, (allowed, tables) in SECRET.items():
        if allowed.search(path) or module not in text:
            continue
        found += [
            f"{path}:{node.lineno}: knows a table of what is secret ({alias.name})"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module)
            for alias in node.names
            if alias.name in tables
        ]
    return found


def room_of(module: str) -> str | None:
    """The room a dotted name lives in; None outside our house."""
    parts = module.split(".")
    return parts[1] if parts[0] == "collegium" and len(parts) > 1 else None


def foreign_key_points_left(owner: str, target: str) -> str | None:
    """A table may refer to tables of its own room and of rooms below it."""
    own, other = room_of(owner), room_of(target)
    if own is None or other is None or ROOMS.index(other) >= ROOMS.index(own):
        return None
    return f"{owner} refers to {target}, which is above it"


def outside_the_walls(tables: dict[str, str], protected: Collection[str], shared: Collection[str]) -> list[str]:
    """A model is behind row-level security, or it is on the short list of those that belong to nobody."""
    found = [f"{model} has no row-level security" for model, table in tables.items() if table not in protected]
    found = [problem for problem in found if problem.split()[0] not in shared]
    found += [f"{model} is listed as shared, but protected" for model in shared if tables.get(model) in protected]
    return found + [f"{model} is listed as shared, but there is none" for model in shared if model not in tables]


def undocumented(names: Collection[str], page: str) -> list[str]:
    """Every setting is on the page, and the page names no setting that does not exist."""
    on_page = set(re.findall(r"COLLEGIUM_[A-Z_]+", page))
    return [f"{name} is not documented" for name in sorted(set(names) - on_page)] + [
        f"{name} is documented, but there is no such setting" for name in sorted(on_page - set(names))
    ]


def unexplained(requirements: Collection[str], page: str) -> list[str]:
    """Every package that we ask for is on the page with a reason and a licence, and no other."""
    asked = {re.match(r"[\w.-]+", requirement).group() for requirement in requirements}  # type: ignore[union-attr]
    on_page = set(re.findall(r"^\| ([\w.-]+) \| [^|-][^|]+ \| [^|-][^|]+ \|$", page, re.MULTILINE)) - {"package"}
    return [f"{name} is not explained" for name in sorted(asked - on_page)] + [
        f"{name} is explained, but not asked for" for name in sorted(on_page - asked)
    ]


# --- science ----------------------------------------------------------------------------------------------------------
DOCSTRING_SECTIONS = ("Parameters", "Returns", "Raises", "References", "Examples")


def science_undocumented(path: str, text: str, method_pages: str, golden_tests: str) -> list[str]:
    """A statistic has a full docstring, a page that explains it, and a test against a second implementation."""
    found = []
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        docstring = ast.get_docstring(node) or ""
        missing = [part for part in DOCSTRING_SECTIONS if not re.search(rf"^{part}\n-+$", docstring, re.MULTILINE)]
        if missing:
            found.append(f"{path}:{node.lineno}: {node.name} has no {', '.join(missing)} in its docstring")
        if not re.search(rf"\b{node.name}\b", method_pages):
            found.append(f"{path}:{node.lineno}: {node.name} has no page in docs/methods")
        if not re.search(rf"\b{node.name}\b", golden_tests):
            found.append(f"{path}:{node.lineno}: {node.name} has no golden test")
    return found
