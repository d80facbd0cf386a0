"""Have LibreOffice edit Word files, or accept or reject their tracked changes and say what text is left.

A Basic macro in a profile of its own does it, for all files in one run: no bridge to Python is needed, and starting
LibreOffice takes longer than the work.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

ACCEPT, REJECT, LEAVE = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges", ""

_MACRO = """
Sub Settle(jobs)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim text(0) As New com.sun.star.beans.PropertyValue
  text(0).Name = "FilterName"
  text(0).Value = "Text (encoded)"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  number = FreeFile()
  Open jobs For Input As #number
  Do While Not EOF(number)
    Line Input #number, job
    parts = Split(job, "|")
    document = StarDesktop.loadComponentFromURL(parts(0), "_blank", 0, hidden())
    If parts(2) <> "" Then
      dispatcher.executeDispatch(document.CurrentController.Frame, parts(2), "", 0, Array())
    End If
    document.TextFields.refresh()
    document.storeToURL(parts(1), text())
    document.close(True)
  Loop
  Close #number
End Sub

Sub Edit(jobs)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim word(0) As New com.sun.star.beans.PropertyValue
  word(0).Name = "FilterName"
  word(0).Value = "MS Word 2007 XML"
  number = FreeFile()
  Open jobs For Input As #number
  Do While Not EOF(number)
    Line Input #number, job
    parts = Split(job, "|")
    document = StarDesktop.loadComponentFromURL(parts(0), "_blank", 0, hidden())
    document.RecordChanges = (parts(2) = "tracked")
    Change(document, parts(3), parts(4), parts(5))
    document.storeToURL(parts(1), word())
    document.close(True)
  Loop
  Close #number
End Sub

Sub Change(document, action, words, fresh)
  On Error Resume Next
  search = document.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  found = document.findFirst(search)
  If Not IsNull(found) Then
    text = found.Text
    cursor = text.createTextCursorByRange(found)
  Else
    ' What is looked for is not found in footnotes.
    For number = 0 To document.Footnotes.Count - 1
      text = document.Footnotes.getByIndex(number)
      start = InStr(text.String, words)
      If start > 0 Then Exit For
    Next
    If start = 0 Then Exit Sub
    cursor = text.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(start - 1, False)
    cursor.goRight(Len(words), True)
  End If
  Select Case action
    Case "replace"
      cursor.String = fresh
    Case "insert"
      cursor.collapseToEnd()
      text.insertString(cursor, fresh, False)
    Case "split"
      cursor.collapseToStart()
      text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
    Case "merge"
      cursor.gotoEndOfParagraph(False)
      cursor.goRight(1, True)
      cursor.String = " "
    Case "remove"
      cursor.gotoStartOfParagraph(False)
      cursor.gotoEndOfParagraph(True)
      cursor.goRight(1, True)
      cursor.String = ""
    Case "add"
      cursor.gotoEndOfParagraph(False)
      text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
      text.insertString(cursor, fresh, False)
    Case "comment"
      note = document.createInstance("com.sun.star.text.textfield.Annotation")
      note.Author = "Ada"
      note.Content = fresh
      text.insertTextContent(cursor, note, True)
    Case "reply"
      For Each said In Array("Really?", fresh)
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author = "Ada"
        note.Content = said
        text.insertTextContent(cursor, note, True)
      Next
    Case "move"
      view = document.CurrentController.ViewCursor
      view.gotoRange(cursor.Start, False)
      helper = createUnoService("com.sun.star.frame.DispatchHelper")
      helper.executeDispatch(document.CurrentController.Frame, ".uno:MoveDown", "", 0, Array())
  End Select
End Sub
"""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
_FILES = {
    "script.xlc": _HEAD.format("library", "libraries")
    + '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" '
    'library:link="false"/></library:libraries>',
    "Standard/script.xlb": _HEAD.format("library", "library")
    + '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Redline"/>'
    "</library:library>",
    "Standard/Redline.xba": _HEAD.format("script", "module")
    + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Redline" '
    f'script:language="StarBasic">{escape(_MACRO)}</script:module>',
}


def settle_changes(jobs: Sequence[tuple[Path, str]], folder: Path) -> list[str]:
    """Give the text of each file after a command (`ACCEPT`, `REJECT` or `LEAVE`); `folder` is for the work."""
    targets = [folder / f"{number}.txt" for number in range(len(jobs))]
    lines = [
        f"{source.as_uri()}|{target.as_uri()}|{command}"
        for (source, command), target in zip(jobs, targets, strict=True)
    ]
    _run_macro("Settle", lines, folder)
    return [target.read_text(encoding="utf-8-sig") for target in targets]


def edit_file(raw: bytes, edits: Sequence[tuple[str, str, str, str]], folder: Path) -> list[bytes]:
    """Give a Word file as it is after each of some edits, of which each is made in a copy of it.

    An edit is "tracked" or "plain", what is done ("replace", "split", …), the words where, and new words. An edit whose
    words are not found leaves the file as LibreOffice writes it.
    """
    source = folder / "sent.docx"
    source.write_bytes(raw)
    targets = [folder / f"{number}.docx" for number in range(len(edits))]
    lines = ["|".join((source.as_uri(), target.as_uri(), *edit)) for edit, target in zip(edits, targets, strict=True)]
    _run_macro("Edit", lines, folder)
    return [target.read_bytes() for target in targets]


def _run_macro(macro: str, lines: Sequence[str], folder: Path) -> None:
    """Run a macro over its jobs, a line each."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    profile = folder / "profile"
    start = [program, f"-env:UserInstallation=file://{profile.as_posix()}", "--headless"]
    # The first start makes the profile, and would sweep the macro away.
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    for name, content in _FILES.items():
        path = profile / "user/basic" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / "jobs").write_text("\n".join(lines), encoding="utf-8")
    address = f'macro:///Standard.Redline.{macro}("{(folder / "jobs").as_posix()}")'
    subprocess.run([*start, address], check=True, capture_output=True, timeout=300)
