"""Every text that people read is in the English catalogue, translated, with its placeholders; nothing is left over."""

import gettext
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.exceptions import ValidationError
from django.forms import CharField, DateField, IntegerField
from django.utils.translation import override

from tools import messages


def test_the_english_catalogue_is_complete():
    assert messages.faults() == [], "run: python -m tools.messages update, then translate"


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A house of one template and one Python file, with a catalogue of its own."""
    package = tmp_path / "qingyan"
    (package / "x" / "templates").mkdir(parents=True)
    (package / "x" / "templates" / "page.html").write_text(
        "<c-card title=\"{% trans '标题' %}\">{% blocktrans with n=many %}共 {{ n }} 人{% endblocktrans %}</c-card>",
        encoding="utf-8",
    )
    (package / "x" / "words.py").write_text(
        'from x import gettext as _\n_("你好，%(name)s")\n"不翻译"\n', encoding="utf-8"
    )
    (package / "x" / "workflow.py").write_text('"""说明不算。"""\nSTATE = "待确认"\n', encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", package)
    monkeypatch.setattr(messages, "ENGLISH", package / "locale" / "django.po")
    return package


def _translate(package, text):
    path = package / "locale" / "django.po"
    for original, english in text.items():
        lines = path.read_text("utf-8").split(f'msgid "{original}"\nmsgstr ""')
        assert len(lines) == 2, original
        path.write_text(f'msgid "{original}"\nmsgstr "{english}"'.join(lines), encoding="utf-8")


ENGLISH = {"标题": "Title", "共 %(n)s 人": "%(n)s people", "你好，%(name)s": "Hello %(name)s", "待确认": "To confirm"}


def test_texts_come_from_templates_components_python_and_pure_files(another):
    assert {message.id for message in messages.extract() if message.id} == ENGLISH.keys()


def test_a_missing_and_an_untranslated_text_are_faults(another):
    assert "not in the catalogue: '标题'" in messages.faults()
    messages.update()
    assert "not translated: '标题'" in messages.faults()
    _translate(another, ENGLISH)
    assert messages.faults() == []


def test_a_lost_or_invented_placeholder_is_a_fault(another):
    messages.update()
    _translate(another, ENGLISH | {"共 %(n)s 人": "%(m)s people"})
    assert messages.faults() == [
        "lost placeholder in the translation of '共 %(n)s 人'",
        "unknown placeholder in the translation of '共 %(n)s 人'",
    ]


def test_a_text_nobody_uses_any_more_is_a_fault_and_leaves_with_the_next_update(another):
    messages.update()
    _translate(another, ENGLISH)
    (another / "x" / "workflow.py").write_text('STATE = "已确认"\n', encoding="utf-8")
    assert "no longer used: '待确认'" in messages.faults()
    messages.update()
    assert messages.faults() == ["not translated: '已确认'"]


def test_a_text_outside_trans_is_a_fault(another):
    (another / "x" / "templates" / "bare.html").write_text("<p>没有标记</p>", encoding="utf-8")
    assert any("bare.html: '<p>没有标记</p>'" in fault for fault in messages.faults())


def test_every_borrowed_word_still_stands_in_the_package_that_it_was_borrowed_from():
    """An upgrade that says it another way would bring the package's own words back without a sound."""
    with messages.BORROWED.open("rb") as file:
        ours = _ids(read_po(file, locale="zh_Hans"))
    packages = [Path(module.__file__).parent for module in (django, allauth)]
    theirs = set()
    for path in (path for package in packages for path in package.rglob("locale/zh_Hans/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            theirs |= _ids(read_mo(file))
    assert ours <= theirs


def _ids(catalog):
    return {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalog if message.id}


@pytest.mark.parametrize("field", [CharField(), IntegerField(), DateField()])
def test_an_empty_field_is_told_in_our_words(field):
    messages.compile_borrowed()
    with override("zh-hans"), pytest.raises(ValidationError) as refused:
        field.clean("")
    assert refused.value.messages == ["这里还没有填。"]


def test_the_compiled_catalogue_answers_in_english(another):
    messages.update()
    _translate(another, ENGLISH)
    with messages.compile_catalogue().open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("标题") == "Title"
