"""HTML of the pages that the program makes: escaped text, one element, and what no page may show."""

import re
from html import escape

# What must never be printed: UUIDs, Chinese mobile numbers, identity numbers.
FORBIDDEN = {
    "id": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.I),
    "mobile number": re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
    "identity number": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
}


class PageLeaks(ValueError):
    """The page would show an id or personal data."""


def require_no_leak(body: str) -> None:
    """Raises PageLeaks."""
    leaks = [name for name, pattern in FORBIDDEN.items() if pattern.search(body)]
    if leaks:
        raise PageLeaks(f"the page would show: {', '.join(leaks)}")


def text(value: object) -> str:
    return escape(str(value), quote=True)


def pair(zh: str, en: str) -> str:
    """Chinese with its English beneath."""
    return f'<span class="zh">{text(zh)}</span><span class="en" lang="en">{text(en)}</span>'


def tag(name: str, inner: str = "", **attributes: object) -> str:
    """One element; `class_` stands for class, other underscores for dashes."""
    pairs = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{pairs}>{inner}</{name}>"


def document(title: str, style: str, body: str) -> str:
    """A page of one file, in Chinese."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{style}</style>"
    )
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head><body><main>{body}</main></body></html>\n'
