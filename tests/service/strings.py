"""Texts that tend to be shown as something else than they are: markup, quotes, code, signs that turn or hide others."""

from __future__ import annotations

__all__ = ["STRINGS"]

STRINGS = (
    "<b>bold</b>",
    "<img src=x onerror=\"document.title='ran'\">",
    "<script>document.title='ran'</script>",
    "</textarea></script><svg onload=\"document.title='ran'\">",
    '"><a href="javascript:document.title=\'ran\'">here</a>',
    "' OR 1=1 -- ;",
    "{{ 7 * 7 }} ${7 * 7} <%= 7 * 7 %> #{7 * 7}",
    "&lt;already&gt; &amp; &#60;coded&#62; &nbsp;",
    "=1+1",
    "a\u202eeman a\u202c b",
    "zero\u200bwidth\u200d \ufeffmark",
    "back\x08bell\x07escape\x1b[31m",
    "two\u2028lines\u2029here",
    "ก็็็็็็ Z̷̧̛ ﷽ 👩‍👩‍👧 𝕂𝕒𝕞𝕡𝕠𝕥",
    "\\u003cb\\u003e \\x3cb\\x3e %3Cb%3E",
    "null undefined NaN __proto__ constructor",
    "../../etc/passwd",
    "“Kampot” ‘Kampot’ «Kampot»",
    "អ្នក\u200bកំពត",
)
