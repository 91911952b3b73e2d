"""The built front end: what the lock may say, what an old browser can read, how heavy the pages are."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "qingyan" / "ui" / "static" / "dist"
PLAIN = (
    "qingyan/ui/client/plain.ts",
    "qingyan/screening/web/client/answering.ts",
    "qingyan/screening/web/client/leaving.ts",
)
# What ES2017 has not, in the language (the build lowers it) and in the library (the build leaves it as it is).
NEWER_SCRIPT = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish": r"\?\?",
    "generators that wait": r"async function\*|for await",
    "class fields": r"static\{|[{;}]#\w",
    "object spread": r"[{,]\.\.\.\w+[,}]\S{0,3}[:;]",
    "catch without a name": r"catch\{",
    "big numbers": r"\b\d+n\b",
    "young library": r"structuredClone|randomUUID|replaceAll|\.at\(|\.flat\(|\.flatMap\(|\.finally\(|allSettled"
    r"|fromEntries|Object\.groupBy|toSorted|findLast|hasOwn\(|AbortSignal\.|globalThis|queueMicrotask|WeakRef|matchAll|ResizeObserver",
}
CLIENT = ROOT / "qingyan" / "screening" / "web" / "client"
FONTS = ("qingyan/ui/client/fonts/everyday.ts", "qingyan/ui/client/fonts/rare.ts")
# What Chromium 86 does not know, or knows only in part.
TOO_NEW = {
    "cascade layers": r"@layer",
    ":has()": r":has\(",
    ":is() and :where()": r":(is|where)\(",
    "colour functions": r"\b(oklch|oklab|color-mix|lab|lch|light-dark)\(",
    "container queries": r"@container",
    "nesting": r"\{[^{}@]*&",
    "range media queries": r"@media[^{]*[<>]",
    "inset": r"[;{]inset:",
    "dynamic viewport units": r"\d(dvh|svh|lvh|cqw)\b",
}


def built() -> dict:
    manifest = DIST / "manifest.json"
    assert manifest.exists(), "the front end is not built: run `make build`"
    return json.loads(manifest.read_text())


def _files(*entries: str) -> list[Path]:
    """What a page with these entries loads, shared pieces too."""
    manifest, names, wanted = built(), [], list(entries)
    while wanted:
        chunk = manifest[wanted.pop()]
        wanted += chunk.get("imports", [])
        names += [chunk["file"], *chunk.get("css", [])]
    return [DIST / name for name in dict.fromkeys(names)]


def _zipped(files: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def _plain_css() -> str:
    return "\n".join(path.read_text() for path in _files(*PLAIN) if path.suffix == ".css")


def test_the_lock_names_no_registry_and_keeps_every_checksum():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert "registry" not in (ROOT / "package-lock.json").read_text()


def test_every_front_end_package_is_pinned_exactly():
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert wanted["tailwindcss"] == wanted["@tailwindcss/vite"] == "4.3.3"
    assert wanted["htmx.org"].startswith("2.")


@pytest.mark.parametrize("feature", TOO_NEW)
def test_pupils_pages_use_no_css_that_old_browsers_drop(feature):
    assert re.findall(TOO_NEW[feature], _plain_css()) == []


def test_the_css_probe_would_find_what_it_looks_for():
    sample = "@layer a;:has(b){}:is(a){}a{color:oklch(1 0 0)}@container x{}a{b:c;&:hover{}}"
    sample += "@media (width<640px){}a{inset:0;height:9dvh}"
    assert all(re.search(pattern, sample) for pattern in TOO_NEW.values())


def _plain_scripts() -> str:
    return "\n".join(path.read_text() for path in _files(*PLAIN) if path.suffix == ".js")


@pytest.mark.parametrize("feature", NEWER_SCRIPT)
def test_pupils_scripts_speak_es2017(feature):
    assert re.findall(NEWER_SCRIPT[feature], _plain_scripts()) == []


def test_the_script_probe_would_find_what_it_looks_for():
    sample = "a?.b;a??b;for await(x of y);class A{#b=1};x={...y};try{}catch{}1n;structuredClone(a)"
    assert [name for name, pattern in NEWER_SCRIPT.items() if not re.search(pattern, sample)] == []


def test_pupils_pages_keep_nothing_readable_on_the_machine():
    """Sealed answers have one place (sheet/vault.ts); test_sealed_answers.py looks into it with a real browser."""
    for store in ("localStorage", "sessionStorage", "caches.", "serviceWorker", "document.cookie"):
        assert store not in _plain_scripts()
    opened = [path.name for path in CLIENT.rglob("*.ts") if "indexedDB." in path.read_text()]
    assert opened == ["vault.ts"]


def test_the_answering_page_is_light():
    assert _zipped(_files(*PLAIN)) <= 25_000


def test_a_staff_page_is_light():
    assert _zipped(_files("qingyan/ui/client/staff.ts")) <= 60_000


def test_rare_characters_in_names_have_a_glyph_and_everyday_ones_are_not_asked_twice():
    everyday, rare = ("".join(path.read_text() for path in _files(entry) if path.suffix == ".css") for entry in FONTS)
    assert _covers(everyday, "张")
    assert not _covers(rare, "张")
    for character in "𬱖㛃𬭎":
        assert _covers(rare, character), character


def test_error_pages_find_the_fonts_by_a_lasting_name():
    links = re.findall(r'@import "\./([^"]+)"', (DIST / "fonts.css").read_text())
    assert len(links) == 2
    assert all((DIST / link).exists() for link in links)


def _covers(css: str, character: str) -> bool:
    point = ord(character)
    ranges = re.findall(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", css, re.IGNORECASE)
    return any(int(low, 16) <= point <= int(high or low, 16) for low, high in ranges)
