"""A QR code as a picture: dark on light in both themes, because few cameras read the opposite."""

from functools import lru_cache

import segno

_QUIET = 4  # modules around it, which the standard asks for


@lru_cache(maxsize=256)
def qr_picture(text: str) -> str:
    """The text as a QR code, an SVG in a `data:` address."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_data_uri(border=_QUIET, dark="#000", light="#fff", omitsize=True)
