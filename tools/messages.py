"""The message catalogue: collects what people read, keeps the English texts complete, compiles them.

    python -m tools.messages extract | update | compile | check

Source texts are Chinese and stand in Python (gettext), in templates, and in the pure files of PLAIN, which may not
import Django: their words are translated where they are shown ({% trans variable %}). No system gettext is needed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "qingyan"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
BORROWED = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "N_": None,
    "lazy": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Files that may not import Django: every Chinese literal in them is a message.
PLAIN = (
    "*/workflow.py",
    "cases/rules/crisis.py",
    "people/rules/pictures.py",
    "alerts/rules/reports.py",
    "papers/rules/forms.py",
)
# Rule packs: the values of these keys are read by people.
PACKS = (
    "alerts/library/**/*.yaml",
    "cases/library/*/*.yaml",
    "early_warning/library/*/*.yaml",
    "consent/library/purposes.yaml",
    "notifications/library/kinds.yaml",
)
PACK_KEYS = {
    "title",
    "about",
    "text",
    "steps",
    "rules",
    "words",
    "explains",
    "withdrawal",
    "meaning",
    "help",
    "choices",
}
NOT_SHOWN = ("example.html",)  # invented values of the gallery
OWN_NAMES = re.compile(r"(?<=>)中文(?=<)")  # a language is called by its own name in every language
CHINESE = re.compile(r"[\u3400-\u9fff]")
OURS = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")  # punctuation such as 、 is a message too
CALL = re.compile(r"\b(n?p?gettext)\(\s*")
LITERAL = re.compile(r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?\s*""", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sd]|%%n|\{(\w*)\}")
MARKED = re.compile(
    r"\{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->",
    re.DOTALL,
)
Found = tuple[str, str | tuple[str, ...], str | None]


def found() -> Iterator[Found]:
    """(file, msgid or (singular, plural), context) for every message of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            for _line, message, _comments, context in extract_from_file("python", str(path), keywords=KEYWORDS):
                yield _name(path), message, context
    for path in _templates():
        yield from ((_name(path), message, context) for message, context in _of_template(path.read_text("utf-8")))
    for pattern in PLAIN:
        for path in sorted(PACKAGE.glob(pattern)):
            yield from ((_name(path), words, None) for words in plain_words(path.read_text("utf-8")))
    for path in sorted(path for pattern in PACKS for path in PACKAGE.glob(pattern)):
        yield from ((_name(path), words, None) for words in _of_pack(yaml.safe_load(path.read_text("utf-8"))))


def extract() -> Catalog:
    """All messages with the files they stand in, none translated. Only Chinese texts are ours to translate."""
    catalog = Catalog(project="qingyan", fuzzy=False, charset="utf-8")
    for name, message, context in found():
        if OURS.search("".join(message)):
            catalog.add(message, locations=[(name, None)], context=context)
    return catalog


def read() -> Catalog:
    """The English catalogue; an empty one when there is none yet."""
    if not ENGLISH.exists():
        return Catalog(locale="en", project="qingyan", charset="utf-8", fuzzy=False)
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def update() -> Catalog:
    """Add new messages, drop those that nobody uses, keep every translation; write the file."""
    known = {(message.id, message.context): message.string for message in read() if message.id}
    fresh = Catalog(locale="en", project="qingyan", charset="utf-8", fuzzy=False)
    for message in extract():
        if message.id:
            string = known.get((message.id, message.context), "")
            fresh.add(message.id, string, locations=message.locations, context=message.context)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(_as_bytes(fresh))
    return fresh


def compile_catalogue() -> Path:
    """Write django.mo beside the catalogue; Django reads only that."""
    return _compiled(read(), ENGLISH.with_suffix(".mo"))


def compile_borrowed() -> Path:
    """The same for the Chinese words that replace those of the packages we use (BORROWED, kept by hand)."""
    with BORROWED.open("rb") as file:
        return _compiled(read_po(file, locale="zh_Hans", charset="utf-8"), BORROWED.with_suffix(".mo"))


def _compiled(catalog: Catalog, target: Path) -> Path:
    with target.open("wb") as file:
        write_mo(file, catalog)
    return target


def faults() -> list[str]:
    """One sentence for each message that is missing, untranslated, unused or changed in its placeholders."""
    wanted = {(message.id, message.context) for message in extract() if message.id}
    have = {(message.id, message.context): message for message in read() if message.id}
    said = [f"not in the catalogue: {key[0]!r}" for key in wanted - have.keys()]
    said += [f"no longer used: {key[0]!r}" for key in have.keys() - wanted]
    for key in wanted & have.keys():
        said += _faults_of(have[key].id, have[key].string)
    said += [f"not marked for translation in {name}: {text!r}" for name, text in unmarked()]
    return sorted(said)


def unmarked() -> Iterator[tuple[str, str]]:
    """Chinese texts of templates that stand outside {% trans %} and {% blocktrans %}."""
    for path in _templates():
        for line in OWN_NAMES.sub("", MARKED.sub("", path.read_text("utf-8"))).splitlines():
            if CHINESE.search(line):
                yield _name(path), line.strip()[:60]


def plain_words(source: str) -> list[str]:
    """Chinese string literals of a Python file, docstrings left out, in order, each once."""
    tree = ast.parse(source)
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]
    return list(dict.fromkeys(text for text in texts if CHINESE.search(text)))


def _templates() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("templates/**/*.html")) if path.name not in NOT_SHOWN]


def _of_template(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Messages of a template. templatize turns it into calls of gettext among filler; the calls are read here."""
    calls = templatize(source)
    for call in CALL.finditer(calls):
        texts, place = [], call.end()
        while literal := LITERAL.match(calls, place):
            texts.append(ast.literal_eval(literal[1]))
            place = literal.end()
        context = texts.pop(0) if "p" in call[1].split("gettext")[0] else None
        if texts:
            yield (tuple(texts[:2]) if call[1].startswith("n") else texts[0]), context


def _of_pack(part: object, shown: bool = False) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in {"source", "examples"}:
                yield from _of_pack(value, shown=key in PACK_KEYS)
    elif isinstance(part, list):
        for value in part:
            yield from _of_pack(value, shown=shown)
    elif shown and isinstance(part, str):
        yield part


def _faults_of(original: str | tuple[str, ...], english: str | tuple[str, ...]) -> Iterator[str]:
    originals = original if isinstance(original, tuple) else (original,)
    translations = english if isinstance(english, tuple) else (english,)
    if not _done(english):
        yield f"not translated: {originals[0]!r}"
        return
    for text in translations:
        if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(originals[-1])):
            yield f"unknown placeholder in the translation of {originals[-1]!r}"
        if set(PLACEHOLDER.findall(originals[-1])) - set(PLACEHOLDER.findall(text)) and text is translations[-1]:
            yield f"lost placeholder in the translation of {originals[-1]!r}"


def _done(english: str | tuple[str, ...]) -> bool:
    return all(english) if isinstance(english, tuple) else bool(english)


def _as_bytes(catalog: Catalog) -> bytes:
    """The file without dates and line numbers, so that it changes only when a text does."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    dated = re.compile(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):[^\n]*\n'
    )
    return dated.sub(b"", buffer.getvalue())


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main(verb: str) -> int:
    """Run one verb; 0 when all is well."""
    if verb == "check":
        said = faults()
        sys.stdout.write("\n".join(said) + "\n" if said else "every message is translated\n")
        return min(len(said), 1)
    if verb == "extract":
        sys.stdout.buffer.write(_as_bytes(extract()))
    elif verb == "update":
        catalog = update()
        sys.stdout.write(f"{len(catalog)} messages, {sum(not _done(m.string) for m in catalog if m.id)} to translate\n")
    elif verb == "compile":
        compile_catalogue()
        compile_borrowed()
    else:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
