"""Read the language of a text as people write it ("English", "fre", "en_US") into a BCP 47 tag, and name it."""

from __future__ import annotations

import functools
import re

from babel import Locale, localedata
from babel.core import get_global

CODE = re.compile(r"(?P<language>[A-Za-z]{2,3})(?P<rest>(?:[-_][A-Za-z0-9]{2,8})*)")
NO_LANGUAGE = ("und", "mul", "zxx", "mis")
NAMED_IN = ("en", "fr", "es", "de", "pt", "it", "nl", "ar", "ru", "zh")


def find_tag(text: str) -> str | None:
    """Find the tag that a text means, "" where it says that there is no one language; None where it is no language."""
    text = text.strip()
    code = CODE.fullmatch(text)
    if code and code["language"].lower() in NO_LANGUAGE:
        return ""
    if code and (language := _find_language(code["language"].lower())):
        return "-".join([language, *map(_write_subtag, re.split("[-_]", code["rest"])[1:])])
    return _read_names().get(text.casefold())


def name_language(tag: str, reader: str = "") -> str:
    """Name a language as its readers do, or those of another one, with a capital as a link has: "Français"."""
    name = Locale.parse(tag, sep="-").get_display_name(reader or None) or tag
    return name[0].upper() + name[1:]


def _find_language(code: str) -> str:
    """Find the shortest code of a language, or nothing where the code is unknown."""
    shortest = str(get_global("language_aliases").get(code, code))
    is_known = localedata.exists(shortest) or shortest in Locale("en").languages
    return shortest if is_known else ""


def _write_subtag(subtag: str) -> str:
    """Write a region in capitals and a script with one; other subtags are small."""
    return {2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag.lower())


@functools.cache
def _read_names() -> dict[str, str]:
    """Read the names of languages in the languages that most catalogues are kept in (CLDR)."""
    return {
        name.casefold(): code.replace("_", "-")
        for locale in reversed(NAMED_IN)
        for code, name in Locale(locale).languages.items()
    }
