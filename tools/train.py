"""Trains what reading learns from examples, and fits how sure each kind of evidence is: `make train`.

From the truths that lie on this machine (tests/truth, and the shared folder's) come labels: each entry of a
truth is found in the segments of its paper. Councils that are set aside (benchmarks/truths.py) are never
seen. Written: the weights of the model of headings, calibration.json (what share of the facts with the same
evidence was right, each council's by a model that was trained without it) and the figures in the card beside
them.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

from rapidfuzz import fuzz
from rich.progress import track

from benchmarks.likeness import alike, name_of, number_of, starts_alike, surname_of, words_of
from benchmarks.truths import REPO, Truth, all_truths, paper, source_of
from extractors.reading import numbering
from extractors.reading.confidence import fact_of, key_of
from extractors.reading.doc import Sheet
from extractors.reading.heard import settled_in
from extractors.reading.readers.meeting import find_meeting
from extractors.reading.roles.features import features_of
from extractors.reading.roles.model import DOUBTED, LEAST, WEIGHTS, Span, spans_of
from extractors.reading.segments import Segment, segments_of
from extractors.reading.understand.actions import read_actions
from extractors.reading.understand.counting import settled
from extractors.reading.understand.decisions import read_decisions
from extractors.reading.understand.declarations import read_declarations
from extractors.reading.understand.items import Item, items_in
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.motions import read_motions
from extractors.reading.understand.rolls import read_roll, seen_in

PARAMETERS = {
    "c1": 1.0,
    "c2": 1.0,
    "max_iterations": 120,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}
SIDES = ("for", "against", "abstain")
"""The choices of a division whose names truths list: for_names ..."""
FOLDS = 3
"""Into so many the invented councils are parted, to be left out together."""
LONGEST = 12
"""Segments that one heading may stand in."""
FOUND = 66.0
"""How alike (0 to 100) an entry and its segments must be for a label."""
PRIOR = 4.0
"""Facts by which a fitted share is drawn to the usual one of its kind: what was seen twice is not certain."""


@dataclass(frozen=True)
class Example:
    """A part with the truths of its meetings, its segments, their features and the labels of headings."""

    council: str
    fold: str
    sheet: Sheet
    says: list[dict[str, Any]]
    segments: list[Segment]
    features: list[list[str]]
    labels: list[str]


def main() -> None:
    """Train, fit, write, and print what was measured."""
    examples = list(_examples())
    evidence: dict[str, list[bool]] = defaultdict(list)
    figures: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for fold in track(sorted({e.fold for e in examples}), "leaving councils out"):
        with _trained([e for e in examples if e.fold != fold]) as weights:
            for example in (e for e in examples if e.fold == fold):
                for key, right in _judged(example, weights):
                    evidence[key].append(right)
                for way, f1 in _ways(example, weights):
                    figures[way][example.council].append(f1)
    WEIGHTS.mkdir(exist_ok=True)
    _train(examples, WEIGHTS / "items.crfsuite")
    (WEIGHTS / "calibration.json").write_text(json.dumps(_fitted(evidence), indent=1) + "\n", "utf-8")
    told = _over_councils(figures)
    _write_card(examples, evidence, told)
    print(f"{len(examples)} parts, {sum(len(e.segments) for e in examples)} segments; {told}")


def _fitted(evidence: Mapping[str, Sequence[bool]]) -> dict[str, float]:
    """By evidence the share that was right, drawn to the share of all evidence of its kind of fact; and that
    share by the kind alone, for evidence that was never seen."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for key, seen in evidence.items():
        kinds[fact_of(key)] += seen
    usual = {kind: sum(seen) / len(seen) for kind, seen in kinds.items()}
    return {kind: round(share, 3) for kind, share in sorted(usual.items())} | {
        key: round((sum(seen) + PRIOR * usual[fact_of(key)]) / (len(seen) + PRIOR), 3)
        for key, seen in sorted(evidence.items())
    }


def _over_councils(figures: Mapping[str, Mapping[str, list[float]]]) -> str:
    """The mean over councils of each way of finding headings, in words."""
    means = {way: sum(sum(f) / len(f) for f in by.values()) / len(by) for way, by in figures.items() if by}
    return ", ".join(f"{way} {mean:.3f}" for way, mean in means.items())


def _examples() -> Iterator[Example]:
    """The parts of each paper that its truths are about."""
    by_source: dict[Path, list[Truth]] = defaultdict(list)
    for truth in all_truths():
        source = None if truth.set_aside else source_of(truth)
        if source is not None and truth.says.get("items") is not None:
            by_source[source].append(truth)
    for source, truths in track(sorted(by_source.items()), "reading papers"):
        with paper(source, truths[0].says["file"]) as path:
            yield from _parts(path, truths)
    for file in sorted((REPO / "fixtures").glob("*.json")):
        says = json.loads(file.read_text("utf-8"))
        if "items" in says:
            yield from _parts(file.with_suffix(".pdf"), [Truth(file.stem, says | {"own": file.name})])


def _parts(path: Path, truths: Sequence[Truth]) -> Iterator[Example]:
    """The agendas and minutes of the truths' days; all, where none is of their days."""
    from extractors.layout import lay_out
    from extractors.parts.pack import tell_apart
    from extractors.pdf.pages import read_paper
    from extractors.tables import find_grids

    read = read_paper(path)
    layout = lay_out(read, {page.number: [g.box for g in find_grids(page)] for page in read.pages})
    parts = [p for p in tell_apart(read, layout) if p.kind in ("agenda", "minutes") and p.blocks]
    ocr = frozenset(p.number for p in read.pages if p.text_source == "ocr")
    sheets = [Sheet(p, ocr) for p in parts]
    days = {t.says.get("date") for t in truths}
    own = [s for s in sheets if (m := find_meeting(s)) and str(m.date) in days] or sheets
    segments = [segments_of(s) for s in own]
    wanted = [w for t in truths for w in t.says["items"]]
    labels = iter(labels_of([s for part in segments for s in part], wanted))
    council = truths[0].council
    fold = f"invented {crc32(council.encode()) % FOLDS}" if "own" in truths[0].says else council
    for sheet, part in zip(own, segments, strict=True):
        marks = list(itertools.islice(labels, len(part)))
        if "B" in marks or not wanted:
            yield Example(
                council,
                fold,
                sheet,
                [t.says for t in truths],
                part,
                features_of(part, sheet.part.kind),
                marks,
            )


def labels_of(segments: Sequence[Segment], wanted: Sequence[dict[str, Any]]) -> list[str]:
    """B and I for the segments in which the wanted headings stand, O for the others; unsure entries give
    none."""
    labels = ["O"] * len(segments)
    texts = [" ".join(words_of(s.text)) for s in segments]
    for entry in wanted:
        title = " ".join(words_of(entry.get("title")))
        if not title or entry.get("unsure"):
            continue
        best, where = 0.0, None
        for i in range(len(segments)):
            for j, likeness in _runs(texts, labels, i, title):
                likeness -= 0 if _has_number(segments[i], entry.get("number")) else 12
                if likeness > best + (0.5 if where and j - i > where[1] - where[0] else 0):
                    best, where = likeness, (i, j)
        if where and best >= FOUND:
            labels[where[0]] = "B"
            labels[where[0] + 1 : where[1] + 1] = ["I"] * (where[1] - where[0])
    return labels


def _runs(texts: Sequence[str], labels: Sequence[str], i: int, title: str) -> Iterator[tuple[int, float]]:
    """(last segment, likeness 0 to 100) of each run of free segments from i on."""
    run = ""
    for j in range(i, min(len(texts), i + LONGEST)):
        if labels[j] != "O":
            return
        run = f"{run} {texts[j]}".strip()
        if len(run) >= 0.6 * len(title):
            likeness = fuzz.partial_ratio(title, run) if len(run) >= len(title) else fuzz.ratio(title, run)
            yield j, likeness - 0.08 * max(0, len(run) - len(title))
        if len(run) > len(title) + 60:
            return


def _has_number(segment: Segment, number: str | None) -> bool:
    found = numbering.number_of(segment.text)
    return not number or (found is not None and number_of(found.text) == number_of(number))


def _train(examples: Sequence[Example], file: Path) -> None:
    """A linear-chain CRF; each paper twice, the second time without its words, so that type and numbers are
    learned too."""
    import pycrfsuite

    trainer: Any = pycrfsuite.Trainer(verbose=False)
    for e in examples:
        trainer.append(e.features, e.labels)
        trainer.append([[f for f in own if not f.startswith("w")] for own in e.features], e.labels)
    trainer.set_params(PARAMETERS)
    trainer.train(str(file))


@contextmanager
def _trained(examples: Sequence[Example]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "items.crfsuite"
        _train(examples, file)
        yield file


def _judged(e: Example, weights: Path) -> Iterator[tuple[str, bool]]:
    """(evidence, whether it was right) of every fact that is read from the paper."""
    items = _items(e, spans_of("items", e.features, DOUBTED, weights))
    titles = [(w.get("number"), w.get("title")) for says in e.says for w in says.get("items", ())]
    for item in items:
        yield key_of("item", item.sure, bool(item.number or item.minute)), _is_item(item, titles)
    if e.sheet.part.kind != "minutes":
        return
    heads = {i.first for i in items}
    motions = read_motions(e.segments, heads.__contains__)
    decisions = read_decisions(e.segments, motions, heads.__contains__)
    yield from _people(e)
    yield from _declarations(e, heads)
    if movers := _all(e, "motions"):
        for m in motions:
            right = any(_is_motion(m.mover, m.seconder, m.outcome, w) for w in movers)
            yield key_of("motion", 1.0, m.seconder is not None and m.outcome is not None), right
        yield from ((key_of("vote", 1.0, True), right) for right in _voted(motions, movers))
    if texts := _all(e, "resolutions"):
        for d in decisions:
            yield key_of("decision " + d.cue, 1.0, d.motion is not None), _among(d.text, texts)
    if tasks := _all(e, "actions"):
        settled = settled_in(e.segments, decisions)
        for a in read_actions(e.segments, motions, settled):
            yield key_of("action " + a.cue, 1.0, a.at in settled), _among(a.text, tasks, 0.6)


def _voted(motions: Sequence[Motion], wanted: Sequence[dict[str, Any]]) -> Iterator[bool]:
    """Whether each name of a division voted so on a motion of the truth's that tells names."""
    for m in motions:
        for name, choice, _, _ in m.division.ballots if m.division else ():
            lists = [w.get(f"{choice}_names") for w in wanted] if choice in SIDES else []
            if any(own is not None for own in lists):
                yield any(_named(name) == _named(_name_in(w)) for own in lists for w in own or ())


def _items(e: Example, spans: Sequence[Span]) -> list[Item]:
    return items_in(e.segments, settled(e.segments, spans, e.sheet.part.kind), e.sheet.part.kind)


def _ways(e: Example, weights: Path) -> Iterator[tuple[str, float]]:
    """F1 of the part's headings by what numbers and references say, by the model, and by both."""
    wanted = [
        (w.get("number"), w.get("title")) for says in e.says for w in says["items"] if not w.get("unsure")
    ]
    if not wanted:
        return
    spans = spans_of("items", e.features, DOUBTED, weights)
    kind = e.sheet.part.kind
    for way, items in (
        ("numbers alone", _items(e, [])),
        ("model alone", items_in(e.segments, [s for s in spans if s.sure >= LEAST], kind)),
        ("both", _items(e, spans)),
    ):
        free = list(wanted)
        right = 0
        for item in items:
            if met := next((w for w in free if _is_item(item, [w])), None):
                free.remove(met)
                right += 1
        yield way, 2 * right / max(1, len(items) + len(wanted))


def _people(e: Example) -> Iterator[tuple[str, bool]]:
    known = {k: {name_of(_name_in(w)) for w in _all(e, k)} for k in ("present", "absent", "in_attendance")}
    if not known["present"]:
        return
    for p in seen_in(e.sheet):
        key = (
            "present"
            if p.capacity == "member" and p.status == "present"
            else "absent"
            if p.status != "present"
            else "in_attendance"
        )
        if known[key] or key == "present":
            yield (
                key_of("listed" if p.listed else "told", 1.0, bool(p.entry.title or p.entry.post)),
                name_of(p.name) in known[key],
            )


def _declarations(e: Example, heads: set[int]) -> Iterator[tuple[str, bool]]:
    if any("declarations" in says for says in e.says):
        known = {surname_of(_name_in(w)) for w in _all(e, "declarations")}
        for d in read_declarations(e.segments, heads.__contains__, read_roll(e.sheet)):
            yield key_of(f"declaration {d.cue}", 1.0, d.known), surname_of(d.name) in known


def _name_in(entry: Any) -> str:
    return (entry.get("name") or entry.get("member") or "") if isinstance(entry, dict) else str(entry)


def _all(e: Example, key: str) -> list[Any]:
    return [w for says in e.says for w in says.get(key) or ()]


def _named(name: str | None) -> str:
    return name_of(name).rpartition(" ")[2]


def _is_motion(mover: str | None, seconder: str | None, outcome: str | None, wanted: dict[str, Any]) -> bool:
    """Mover, and what the truth says of seconder and outcome."""
    return (
        _named(wanted.get("mover")) == _named(mover)
        and (not wanted.get("seconder") or _named(wanted["seconder"]) == _named(seconder))
        and (
            not wanted.get("outcome")
            or wanted["outcome"] == {"elected": "carried"}.get(outcome or "", outcome)
        )
    )


def _is_item(item: Item, titles: Sequence[tuple[str | None, str | None]]) -> bool:
    own = (number_of(item.number), number_of(item.minute))
    return any(
        (not n or number_of(n) in own) and max(alike(item.title, t), starts_alike(item.title, t)) >= 0.85
        for n, t in titles
    )


def _among(text: str, entries: Sequence[dict[str, Any]], least: float = 0.85) -> bool:
    own = " ".join(words_of(text))
    for w in entries:
        wanted = w.get("text") or w.get("text_begins") or ""
        if max(alike(text, wanted), starts_alike(text, w.get("text_begins"))) >= least:
            return True
        if least < 0.8 and own and (own in " ".join(words_of(wanted)) or " ".join(words_of(wanted)) in own):
            return True
    return False


CARD = """# Model of headings, and fitted confidence

Made {day} by `make train`: a linear-chain CRF (python-crfsuite) over the segments of a paper, which tells the
headings of business. It sees type, place, numbers, signals (extractors/cues/signals) and words.

**From** {papers} parts of papers with truths: of {invented} invented councils (tests/manners,
fixtures), and of
{councils}. Councils set aside
(benchmarks/truths.py) were not seen. No sentence of theirs is shipped: weights and shares only.

**Figures**: headings by mean F1 over councils, each read by a model trained without it:
{told}.
And the share of facts that were right, by their evidence, each council read by a model trained
without it. These shares are the confidence of the facts (calibration.json).

| evidence | facts | right |
| --- | --- | --- |
{figures}

**Limits**: few councils, English only; agendas printed from web pages and scans are read
less well. Apache-2.0.
"""


def _write_card(examples: Sequence[Example], evidence: dict[str, list[bool]], told: str) -> None:
    """CARD.md beside the weights: what from, figures, limits, licence."""
    councils = Counter(e.council for e in examples if not e.fold.startswith("invented"))
    invented = len({e.council for e in examples if e.fold.startswith("invented")})
    rows = [
        f"| {key.replace('|', ', ')} | {len(seen)} | {sum(seen) / len(seen):.2f} |"
        for key, seen in sorted(evidence.items())
    ]
    text = CARD.format(
        day=date.today().isoformat(),
        papers=len(examples),
        invented=invented,
        told=told,
        councils=", ".join(f"{c} ({n})" for c, n in sorted(councils.items())),
        figures="\n".join(rows),
    )
    (WEIGHTS / "CARD.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
