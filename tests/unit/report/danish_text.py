"""What a Danish text may not hold."""

from __future__ import annotations

import re
from html import unescape

from simulator.report.language import NO_BREAK

ENGLISH = re.compile(
    r"\b(?:the|and|of|with|from|is|are|was|were|this|that|which|not|than|share|week|weeks|year|years|"
    r"day|days|effect|value|conversation|conversations|meeting|meetings|held|due|physical|phone|"
    r"loss|gain|none|null|run|seed|baseline|proposal|converted|draft|source|sources|figure|table|"
    r"range|assumption|assumptions|calibrated)\b",
    re.IGNORECASE,
)
"""English words that are no Danish words."""


def told(text: str, form: str) -> str:
    """Return the text of a brief without marks, titles of works and what is typed; spaces as spaces."""
    if form == "html":
        text = re.sub(r"<(style|cite|code)\b.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r"<path\b[^>]*>|<use\b[^>]*>", " ", text)
        alts = " ".join(re.findall(r'(?:aria-label|alt)="([^"]*)"', text))
        text = unescape(re.sub(r"<[^>]*>", " ", text.split("</title>", 1)[1]) + " " + alts)
    else:
        text = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", text)
        text = re.sub(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)", " ", text)
    return text.replace(NO_BREAK, " ")


def assert_danish(text: str) -> None:
    """Assert that a text holds no English, no name of the program and no number in English form."""
    assert not ENGLISH.findall(text)
    assert not re.findall(r"\w*[A-Za-z]_\w*|\w*_[A-Za-z]\w*", text), "a name of the program"
    assert not re.findall(r"\d\.(?:\d{1,2}(?!\d)|\d{4,})", text), "a decimal point"
    assert not re.findall(r"[−-]0(?:,0+)?(?![\d,])", text), "a negative zero"
    assert not re.findall(r"(?<=[\s(|])-\d", text), "a hyphen for a minus"
    assert not re.findall(r"[a-zæøå]\.\.|\{|\}|None|\bnan\b", text), "a seam"
    assert "interval" not in text.lower()
    assert "svækket med" not in text
