"""What a page needs that stands alone: its fonts within it, and a policy that names the one script that may run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping

from briefing.fonts import WEB_FACES


def make_data_uri(media_type: str, content: bytes) -> str:
    """Write a file as an address that holds it."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def hash_script(script: str) -> str:
    """Give the hash by which a content security policy names a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def write_font_faces(fonts: Mapping[str, bytes], faces: Iterable[str] = WEB_FACES) -> str:
    """Write the @font-face rules of the faces that a page embeds."""
    rules = []
    for face in sorted(faces):
        family, _, style = face.partition("-")
        weight = "bold" if style.startswith("Bold") else "normal"
        slant = "italic" if style.endswith("Italic") else "normal"
        source = make_data_uri("font/woff2", fonts[f"{face}.woff2"])
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {slant}; '
            f'src: url("{source}") format("woff2"); }}'
        )
    return "\n".join(rules)
