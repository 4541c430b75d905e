"""Numbers as people type them: what can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re

DIGITS_ONLY = (
    "write digits only, as 6000 or 7.5; 6,000, 6 000, $6000 and 6000 USD are taken as well"
)

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}([ \u00a0\u2009\u202f]\d{3})+(\.\d+)?")
_DOLLARS = re.compile(r"\s*(usd|us\$|\$|dollars?)$", re.IGNORECASE)
_DOTTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def read_number(text: str, high: float | None) -> float:
    """Return "3000", "3,000", "3 000", "$3,000" or "3000 USD" as a number.

    ValueError says what to write instead. A comma or space parts thousands or nothing. Three
    digits after a dot may be thousands or decimals: "6.000" is refused where 6000 would be
    accepted as well: up to `high`, None = without end.
    """
    plain = _DOLLARS.sub("", text.strip().removeprefix("$").strip())
    if _SPACED.fullmatch(plain):
        plain = re.sub(r"\s", "", plain)
    if _DOTTED_THOUSANDS.fullmatch(plain):
        whole = int(plain.replace(".", ""))
        if high is None or whole <= high:
            raise ValueError(f"that can be read in two ways; write {whole} or {float(plain):g}")
    if _PLAIN.fullmatch(plain):
        return float(plain)
    if _THOUSANDS.fullmatch(plain):
        return float(plain.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(plain):
        raise ValueError(f"write {plain.replace(',', '.')}, with a dot")
    raise ValueError(DIGITS_ONLY)
