"""Plots drawn on the server as SVG, each with the table that it is drawn from. Colours are the style sheet's,
so that they follow light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 220, 44, 24, 12


def bars(
    pairs: Sequence[tuple[str, int]], title: str, *, links: Sequence[str] = (), height: int = HEIGHT
) -> str:
    """A bar a pair, labelled below, each a link where links are given; a message when there are none."""
    if not pairs:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {WIDTH} 40" role="img" '
            f'aria-label="{escape(title)}: nothing to show"><text x="8" y="24">nothing to show</text></svg>'
        )
    most = max(n for _, n in pairs) or 1
    step = (WIDTH - LEFT - 8) / len(pairs)
    every = max(1, -(-len(pairs) // 12))
    # a picture has no links in it for those who hear the page: with links it is a group of them
    role = "group" if links else "img"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {WIDTH} {height}" role="{role}" '
        f'aria-label="{escape(title)}">'
    ]
    room = height - BOTTOM - TOP
    for share in (0, 1) if height < HEIGHT else (0, 0.5, 1):
        y = height - BOTTOM - share * room
        out.append(
            f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{round(share * most):,}</text>'
        )
    for i, (label, n) in enumerate(pairs):
        tall = max(n / most * room, 1 if n else 0)
        x = LEFT + i * step
        bar = (
            f'<rect x="{x + 1:.1f}" y="{height - BOTTOM - tall:.1f}" width="{max(1, step - 2):.1f}" '
            f'height="{tall:.1f}"><title>{escape(label)}: {n:,}</title></rect>'
        )
        if links and n:
            bar = f'<a href="{escape(links[i])}" aria-label="{escape(label)}: {n:,} found">{bar}</a>'
        out.append(bar)
        if i % every == 0:
            out.append(
                f'<text x="{x + step / 2:.1f}" y="{height - BOTTOM + 16}" text-anchor="middle">'
                f"{escape(label[:14])}</text>"
            )
    return "".join([*out, "</svg>"])


def division(votes_for: int, against: int, abstain: int) -> str:
    """A recorded vote as a small bar in three parts, with its counts in words for those who do not see it."""
    total = votes_for + against + abstain or 1
    label = f"{votes_for} for, {against} against, {abstain} abstaining"
    out, x = (
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="tally" viewBox="0 0 300 12" width="300" '
            f'height="12" role="img" aria-label="{label}"><title>{label}</title>'
        ],
        0.0,
    )
    for n, part in ((votes_for, "for"), (against, "against"), (abstain, "abstain")):
        width = 300 * n / total
        out.append(f'<rect class="{part}" x="{x:.1f}" y="0" width="{width:.1f}" height="12"/>')
        x += width
    return "".join([*out, "</svg>"])
