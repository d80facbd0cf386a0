"""The round that docs/word.md shows, command by command, on the small note."""

import re
from pathlib import Path

import pytest

from support.building import run_make
from support.house import ROOT
from support.returned import send_out
from support.reviewing import WordFile
from support.workflow import make_folder

PAGE = (ROOT / "docs/word.md").read_text("utf-8")


def list_steps() -> list[str]:
    """List the commands of the round; each is numbered."""
    (block,) = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)
    steps = re.findall(r"^(.*?) +# (\d)\. ", block, re.MULTILINE)
    assert [number for _, number in steps] == list("123456")
    return [command.rstrip() for command, _ in steps]


def test_each_command_of_the_round_is_one() -> None:
    makefile = (ROOT / "GNUmakefile").read_text("utf-8")
    for command in list_steps():
        program, target, *_ = command.split()
        assert program == "open" or re.search(rf"^{target}: ", makefile, re.MULTILINE), command


@pytest.mark.workflow
def test_the_round_leads_from_a_reviewed_file_to_the_sources(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    file.replace(file.find("number_1"), "450", "460")
    (tmp_path / "reviewed.docx").write_bytes(file.save())
    for command in list_steps():
        program, target, *settings = command.split()
        if program == "open":
            page = folder / target.replace("mali", "tiny")
            assert "Ada" in page.read_text("utf-8") and page.with_name("sources.patch").is_file()
        elif target == "import":
            named = dict(setting.split("=") for setting in settings)
            named["FILE"] = str(tmp_path / named["FILE"])
            code, said = run_make(
                folder, "import", before=["env", *(f"{name}={value}" for name, value in named.items())]
            )
            assert code == 0 and "Of 2 words that were put in, 2 are listed." in said, said
    text = (folder / "sources/tiny/text/01-guards.md").read_text("utf-8")
    assert "in 2018 and has {{ area }} [@census2018]" in text and "of whom {{ women_guards }} are women" in text
