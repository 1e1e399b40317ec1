"""Pictures that stand in an address itself, `data:image/png;base64,…`: Markdown that was a notebook has them."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/%]+={0,2}", re.IGNORECASE)


def is_embedded(address: str) -> bool:
    """Tell whether an address is a picture by itself, of a kind that runs nothing."""
    return address[:5].lower() == "data:" and _PICTURE.fullmatch(address) is not None
