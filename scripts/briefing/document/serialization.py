"""Turn documents into JSON and back, so that the steps of the workflow can hand them on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from briefing.document import changes, nodes
from briefing.document.nodes import Document
from briefing.document.schema import is_unsaid

_NODES: dict[str, type[Any]] = {
    name: node
    for name, node in [*vars(nodes).items(), *vars(changes).items()]
    if isinstance(node, type) and dataclasses.is_dataclass(node)
}


def encode_node(node: Any) -> Any:
    """Turn a node, a tuple of nodes or a plain value into what JSON can hold; a node says its `type` first."""
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        fields = ((field, getattr(node, field.name)) for field in dataclasses.fields(node))
        said = {field.name: encode_node(value) for field, value in fields if not is_unsaid(field, value)}
        return {"type": type(node).__name__, **said}
    if isinstance(node, tuple):
        return [encode_node(child) for child in node]
    return node


def decode_node(value: Any) -> Any:
    """Turn what `encode_node` made back into the node."""
    if isinstance(value, dict):
        fields = {name: decode_node(child) for name, child in value.items() if name != "type"}
        return _NODES[value["type"]](**fields)
    if isinstance(value, list):
        return tuple(decode_node(child) for child in value)
    return value


def write_document(written: Document) -> str:
    """Write a document as JSON text."""
    return json.dumps(encode_node(written), ensure_ascii=False, indent=1) + "\n"


def hash_document(written: Document) -> str:
    """Hash a document as it is written (SHA-256, in hexadecimal digits)."""
    return hashlib.sha256(write_document(written).encode("utf-8")).hexdigest()


def load_document(path: str | Path) -> Document:
    """Read the document of a version; one that the version does not have is told in a sentence, which ends the step."""
    if not Path(path).is_file():
        print(f"{path}: this version has no edition in this language", file=sys.stderr)
        sys.exit(1)
    return read_document(Path(path).read_text("utf-8"))


def read_document(text: str) -> Document:
    """Read a document from JSON text; a `KeyError` names a node that this version does not know."""
    read = decode_node(json.loads(text))
    assert isinstance(read, Document)
    return read
