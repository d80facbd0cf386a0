"""Begin a note: `new_note.py <folder> NOTE=niger TITLE="…" COUNTRY=NE` writes a whole small one, which builds at once.

Its country is told by its name, or by COUNTRY (ISO 3166-1). All is checked before anything is written; where something
fails, nothing is left.
"""

import json
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from briefing.formats.text import decode_source
from briefing.formats.yaml_edit import append_item
from briefing.problems import SourceError
from briefing.scaffold.base_map import make_base_map
from briefing.scaffold.country import UnknownCountryError, find_country, read_countries
from briefing.scaffold.files import NewNote, fill_templates, write_acronyms
from briefing.steps.new_note import finish_note, list_columns
from briefing.workflow.command_line import read_settings
from briefing.workflow.config import CONFIG, list_locales, read_config, read_schema
from briefing.workflow.files import read_folder, replace_folder, write_atomically
from briefing.workflow.house_files import read_house_files
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.requests import RequestError
from briefing.workflow.settings import NoteSettings, read_note_settings

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates/new-note"
SETTINGS = ("NOTE", "TITLE", "COUNTRY")
NAME = re.compile(r"[a-z][a-z0-9-]*")
TITLE = "{} — SSR Background Note"
DATA = ("countries.csv", "countries-50m.json", "ORIGIN.md")


def check_name(folder: Path, name: str) -> None:
    """Refuse a name that no note can have, or that is taken."""
    if not name:
        raise RequestError('Say how the note is called: NOTE=niger TITLE="Niger — SSR Background Note".')
    if not NAME.fullmatch(name) or name == "common":
        raise RequestError(
            f"NOTE={name}: a note is named in small letters, digits and hyphens, such as burkina-faso, and not common."
        )
    for path in (folder / "sources" / name, folder / f"sources/common/map/{name}.geojson"):
        if path.exists():
            raise RequestError(f"NOTE={name}: {path.relative_to(folder)} is there already; take another name.")


def make_sources(folder: Path, settings: Mapping[str, str], of_note: NoteSettings, today: date) -> dict[str, bytes]:
    """Make the sources of a note, by path below sources/, checked as a build would."""
    name = settings["NOTE"]
    countries = read_countries((TEMPLATES / "countries.csv").read_text("utf-8"))
    country = find_country(countries, name, settings["COUNTRY"])
    title = " ".join(settings["TITLE"].split()) or TITLE.format(country.name)
    topology = json.loads((TEMPLATES / "countries-50m.json").read_text("utf-8"))
    base_map, chart = make_base_map(topology, country, {other.outline: other.name for other in countries})
    templates = {path: text.decode("utf-8") for path, text in read_folder(TEMPLATES).items() if path not in DATA}
    filled = fill_templates(NewNote(name, title, country, today), templates, chart)
    made = {f"{name}/{path}": text.encode("utf-8") for path, text in filled.items()}
    made[f"common/map/{name}.geojson"] = base_map.encode("utf-8")
    shared = read_raw_sources(folder / "sources", name)
    columns = list_columns(name, {**shared, **made}, "acronyms.csv")
    made[f"{name}/acronyms.csv"] = write_acronyms(columns, of_note.languages).encode("utf-8")
    house_files = read_house_files(str(ROOT / "templates"), of_note.languages)
    names = {other.iso2: other.name for other in countries}
    return made | finish_note(name, {**shared, **made}, house_files, of_note.languages, of_note.policy, names)


def write_note(folder: Path, name: str, made: Mapping[str, bytes], config_text: str) -> None:
    """Write a note, its map, and its name in the configuration; where one of them fails, none is left."""
    own = {path.removeprefix(f"{name}/"): made[path] for path in made if path.startswith(f"{name}/")}
    place, base_map = folder / "sources" / name, folder / f"sources/common/map/{name}.geojson"
    with ExitStack() as undo:
        undo.callback(base_map.unlink, missing_ok=True)
        undo.callback(shutil.rmtree, place, ignore_errors=True)
        write_atomically(base_map, made[f"common/map/{name}.geojson"])
        replace_folder(place, own)
        write_atomically(folder / CONFIG, config_text)
        undo.pop_all()


def main(folder: Path, settings: Mapping[str, str], today: date) -> int:
    """Begin a note, and say what was written and what comes next."""
    name = settings["NOTE"]
    try:
        config = read_config(folder, ROOT)
        check_name(folder, name)
        locales = list_locales(ROOT / "templates/languages")
        of_note = read_note_settings(folder, name, config, read_schema(ROOT), locales)
        config_text = append_item(CONFIG, decode_source(CONFIG, (folder / CONFIG).read_bytes()), "notes", name)
        made = make_sources(folder, settings, of_note, today)
    except (SourceError, RequestError, UnknownCountryError) as error:
        sys.exit(f"{error}\nNothing was written.")
    write_note(folder, name, made, config_text)
    print(*(f"sources/{path}" for path in sorted(made)), CONFIG, sep="\n")
    print(f"The note {name} is begun; make note NOTE={name} builds it, and docs/new-note.md says how it goes on.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*read_settings(SETTINGS), date.today()))
