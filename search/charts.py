"""Plots drawn on the server as SVG, each with the table that it is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 720, 220, 44, 40


def bars(pairs: Sequence[tuple[str, int]], title: str) -> str:
    """A bar a pair, labelled below; a message when there are none."""
    if not pairs:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 40" role="img" '
            f'aria-label="{escape(title)}: nothing to show"><text x="8" y="24" font-size="14">nothing to '
            f"show</text></svg>"
        )
    most = max(n for _, n in pairs) or 1
    step = (WIDTH - LEFT - 8) / len(pairs)
    every = max(1, len(pairs) // 12)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
    ]
    for share in (0, 0.5, 1):
        y = HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 16)
        out.append(
            f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#999" '
            f'stroke-width="0.5"/><text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" '
            f'fill="#555">{round(share * most)}</text>'
        )
    for i, (label, n) in enumerate(pairs):
        height = n / most * (HEIGHT - BOTTOM - 16)
        x = LEFT + i * step
        out.append(
            f'<rect x="{x + 1:.1f}" y="{HEIGHT - BOTTOM - height:.1f}" '
            f'width="{max(1, step - 2):.1f}" height="{height:.1f}" '
            f'fill="#2b5d8a"><title>{escape(label)}: {n}</title></rect>'
        )
        if i % every == 0:
            out.append(
                f'<text x="{x + step / 2:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle" '
                f'fill="#555">{escape(label[:14])}</text>'
            )
    return "".join([*out, "</svg>"])


def division(votes_for: int, against: int, abstain: int) -> str:
    """A recorded vote as a small bar in three parts, with its counts in words for those who do not see it."""
    total = votes_for + against + abstain or 1
    label = f"{votes_for} for, {against} against, {abstain} abstaining"
    out, x = (
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 16" width="300" height="16" '
            f'role="img" aria-label="{label}"><title>{label}</title>'
        ],
        0.0,
    )
    for n, colour in ((votes_for, "#2e7d4f"), (against, "#a8323e"), (abstain, "#8a8a8a")):
        width = 300 * n / total
        out.append(f'<rect x="{x:.1f}" y="0" width="{width:.1f}" height="16" fill="{colour}"/>')
        x += width
    return "".join([*out, "</svg>"])
