"""Compose YAML as people write it: no anchors, no aliases, no tags, and no text that a `#` cuts off unseen."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.events import AliasEvent

MAX_DEPTH = 20
# A comment may follow what is no running text: a name, a number, a date.
NAME = re.compile(r"[a-z0-9_./:+*-]*")
# After the keys of running text, whatever a comment cuts off may have been text too.
TEXTS = re.compile(
    r"title|subtitle|series|label|statement|source|alternative|disclaimer|description|reason|publisher|contact"
    r"|edition_text|when|average|group"
)


class RefusedError(ComposerError):
    """YAML that is valid and not read; its message says what to do."""


class PlainComposer(Composer):
    """Composes the nodes of one file; `cut` collects the places of texts that a comment may have cut off."""

    def __init__(self, cut: list[Any], loader: Any = None) -> None:
        super().__init__(loader)
        self.cut = cut
        self.key = ""  # whose value is composed

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose a node that is neither an alias, nor anchored, nor tagged."""
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            message = (
                "& and * would name a value and repeat it, which is not read; quote the text, or write the value out"
            )
            raise RefusedError(None, None, message, event.start_mark)
        if (tag := getattr(event, "ctag", None)) is not None and str(tag) != "!":
            raise RefusedError(None, None, f'the tag "{tag}" is not read; quote the text', event.start_mark)
        self.key = str(getattr(index, "value", ""))
        return super().compose_node(parent, index)

    def compose_scalar_node(self, anchor: Any) -> Any:
        """Compose a scalar; note where a text without quotation marks ends in a comment."""
        event = self.parser.peek_event()
        comment = event.comment[0] if event.comment else None
        # ruamel keeps blank lines as comments too.
        if event.style is None and comment is not None and comment.value.startswith("#"):
            apart = comment.value.startswith(("# ", "#\n")) and NAME.fullmatch(event.value)
            if not apart or TEXTS.fullmatch(self.key):
                self.cut.append(comment.start_mark)
        return super().compose_scalar_node(anchor)
