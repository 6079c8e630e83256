"""The mailed page is one file, whose policy knows its program and style, and whose texts are text."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode

import numpy as np

from simulator.web.static.bundle import PAGE, STYLES, bundled
from simulator.web.static.told import packed


def test_the_policy_holds_the_hash_of_the_one_program_and_the_one_style() -> None:
    page = bundled({"title": "x"}, "da", "<b>&", "no")
    (program,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for text in (program, style):
        assert f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in page
    assert "default-src 'none'" in page and "<title>&lt;b&gt;&amp;</title>" in page


def test_the_page_names_no_address_and_no_file() -> None:
    page = bundled({}, "da", "x", "no")
    assert not re.findall(r'(?:src|href)="(?!data:,")', page)
    assert not re.findall(r"@import|url\(|\bimport\(|fetch\(|XMLHttpRequest", page)
    addresses = set(re.findall(r"https?://[\w./]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert all((PAGE / name).is_file() for name in STYLES)


def test_an_array_is_packed_without_loss_and_with_nothing_twice() -> None:
    whole = np.array([[0.1, np.nan], [0.1, np.nan]])
    told = packed(whole)
    assert told["shape"] == [1, 2]
    back = np.frombuffer(b64decode(told["numbers"]), "<f8")
    assert np.array_equal(back, whole[0], equal_nan=True)
