"""The few pieces of HTML that the pages are made of. Well-formed as XML, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

STYLE = "page.css"


def document(title: str, body: str) -> str:
    """A whole page with its style sheet in it."""
    style = resources.files("rtsep.lab.bench").joinpath(STYLE).read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<title>{escape(title)}</title><style>\n{style}</style></head>\n<body><main>{body}</main></body></html>\n"
    )


def element(tag: str, inner: str, kind: str = "") -> str:
    """`inner` is markup."""
    return f'<{tag} class="{kind}">{inner}</{tag}>' if kind else f"<{tag}>{inner}</{tag}>"


def words(tag: str, plain: str, kind: str = "") -> str:
    """`plain` is text."""
    return element(tag, escape(plain), kind)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """Cells are markup; columns whose name begins with # are aligned as numbers."""
    kinds = ["number" if column.startswith("#") else "" for column in columns]
    heads = [words("th", column.lstrip("# "), cell) for column, cell in zip(columns, kinds, strict=True)]
    body = [
        element("tr", "".join(element("td", cell, kind) for cell, kind in zip(row, kinds, strict=True))) for row in rows
    ]
    whole = element("thead", element("tr", "".join(heads))) + element("tbody", "".join(body))
    return element("div", element("table", whole, kind), "scroll")


def legend(entries: Sequence[tuple[str, str]]) -> str:
    """Pairs of a colour's class and what it means."""
    return element(
        "div", "".join(f'<span><i class="{kind}"></i>{escape(name)}</span>' for kind, name in entries), "legend"
    )
