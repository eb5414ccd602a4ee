"""What kind of paper a part is, by evidence: cues counted on its first pages, weighed by a small trained
model.

The weights are data (`kind.json`, made by tools/train_kind.py); the model is a softmax over the counts below.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from extractors.mentions.dates import dates_in
from extractors.parts.face.body import without_day

WEIGHTS = Path(__file__).with_name("kind.json")
KINDS = ("minutes", "agenda", "report", "decisions", "other")
WORDS = 1500
"""Words at the most that are looked at."""
_FLAGS = re.I | re.M
HEAD: Mapping[str, re.Pattern[str]] = {
    "head minutes": re.compile(
        r"^(?!.{0,60}\b(?:approv|adopt|confirm|previous|last)|\W*(?:\d{1,2}|[a-z])[.)]\s)"
        r".{0,60}(?:\bminutes\b(?! of (?:the )?(?:previous|last))"
        r"|\bminute of (?:the )?(?:\w+ ){0,3}meeting\b)",
        _FLAGS,
    ),
    "head proceedings": re.compile(
        r"^.{0,20}\b(?:record of|proceedings|verbatim|hansard|transcript)\b", _FLAGS
    ),
    "head agenda": re.compile(r"^.{0,60}\bagenda\b(?! item)|\bsummons\b|\bitems on the agenda\b", _FLAGS),
    "head notice": re.compile(r"\bnotice\b|\bcalendar\b", _FLAGS),
    "head report": re.compile(r"\b(?:staff |committee )?report\b|\bmemo(?:randum)?\b|\bassessment\b", _FLAGS),
    "head decision": re.compile(
        r"\b(?:record of|decision (?:notice|record|sheet)|notice of decision|proposed record)", _FLAGS
    ),
}
"""Words of the first lines."""
BODY: Mapping[str, re.Pattern[str]] = {
    "convened": re.compile(
        r"\b(?:convened?|called|came|brought)\b.{0,40}\b(?:to order|at \d|meeting at)|\b(?:council|board"
        r"|committee|commission)\s+met\b"
        r"|\bmeeting (?:was )?(?:called to order|convened|opened|commenced|began|started)\b"
        r"|\bconvene\w*:? ?\d",
        _FLAGS,
    ),
    "present": re.compile(
        r"^\W*(?:members |councillors |roll call\W+|those |also )?present\b(?!ation)[^.]{0,30}[:(–—-]"
        r"|^\W*present in the chair|^\W*sederunt\b|^(?:[\w’']+ ){1,3}(?:present|excused)\s*:",
        _FLAGS,
    ),
    "roll with names": re.compile(r"\b(?:present|attendance)\s*:\s*(?:[A-Z]\w+[ ,.]*){2,}", re.M),
    "absent": re.compile(
        r"^\W*(?:members )?absent\b|\bapologies\b.{0,50}\b(?:were|was) (?:received|given|accepted|offered)",
        _FLAGS,
    ),
    "moved": re.compile(
        r"\b(?:moved|motion(?:ed)? (?:was )?(?:made|by)|on (?:a |the )?motion|proposed by|proposed and)\b",
        _FLAGS,
    ),
    "seconded": re.compile(r"\bseconded\b|\bsecond by\b|^second\s*:", _FLAGS),
    "carried": re.compile(
        r"\bcarried\b|\bunanimous(?:ly)?\b|\ball in favou?r\b|\bayes?\b|\bnoes\b|\bvoted\b"
        r"|\bmotion passed\b|\bpassed by\b",
        _FLAGS,
    ),
    "resolved": re.compile(
        r"\bRESOLVED\b|\bit was (?:agreed|resolved|noted|unanimously)\b|\b(?:was|were) (?:noted|agreed"
        r"|approved)\b",
        re.M,
    ),
    "past": re.compile(
        r"\b(?:stated|reported|noted|asked|thanked|advised|said|explained|inquired|responded|commented"
        r"|discussed|presented|agreed"
        r"|expressed|suggested|announced|welcomed|introduced|attended|raised|mentioned|requested)\b",
        _FLAGS,
    ),
    "closed": re.compile(
        r"\badjourned\b|\bmeeting (?:was )?(?:closed|concluded|ended|rose)\b|\bclosed the meeting\b", _FLAGS
    ),
    "speaker": re.compile(
        r"^(?:Mayor|Madam Speaker|Mr\.? Speaker|Councillor|Cllr|Clerk|Mr\.?|Ms\.?|Mrs\.?)(?: [A-Z]\w+)? ?: ",
        re.M,
    ),
    "will": re.compile(
        r"\bwill (?:be|meet|consider|hold|take)\b|\bto be held\b|\bare (?:invited|summoned|requested)\b"
        r"|\bmay (?:attend|speak|address|submit)\b"
        r"|\bhereby (?:given|summoned|called)\b|\bwishing to\b|\bplease\b",
        _FLAGS,
    ),
    "infinitive item": re.compile(
        r"^\W*(?:\d{1,2}(?:\.\d)?|[a-z]|[ivx]+)?[.)]?\s*(?:to (?:receive|consider|approve|note|confirm"
        r"|agree|adopt|resolve|discuss|elect|appoint|review|sign)"
        r"|receive|consider|approve|adopt|discussion of|presentation of)\b",
        _FLAGS,
    ),
    "recommends": re.compile(r"\brecommend(?:ation|ations|s|ed action)\b|\bit is recommended\b", _FLAGS),
    "page range": re.compile(r"\(?\bpages? \d+\s*[-–—]\s*\d+\)?|\bpages? \d+\)?$", _FLAGS),
    "access notice": re.compile(
        r"\bAmericans with Disabilities\b|\bassistive\b|\b(?:24|48|72) hours\b|\bBrown Act\b|\becomment\b"
        r"|\bteleconferenc|\bwebinar\b|\bzoom\.us\b"
        r"|\bwebcast\b|\bmembers of the public\b|\baccommodation",
        _FLAGS,
    ),
    "report field": re.compile(
        r"^(?:from|to|by|subject|title|classification|decision no|lead officer|ward|prepared by"
        r"|report (?:to|of|by|author|title)|date of meeting|electoral division)\b[^:\n]{0,30}:",
        _FLAGS,
    ),
    "report section": re.compile(
        r"^\W*(?:\d+(?:\.\d)?\.?\s*)?(?:introduction|background|purpose|executive summary"
        r"|financial implications?|legal implications?|conclusions?|options?"
        r"|fiscal impact|environmental (?:review|impact)|equalit\w+ (?:implications|impact)"
        r"|risk management|consultation|summary|appendices)\b.{0,30}$",
        _FLAGS,
    ),
    "decided": re.compile(
        r"\bas (?:the )?cabinet member\b|\bi (?:propose|agree|have decided)\b|\bdecision (?:taken|maker"
        r"|to be taken)\b",
        _FLAGS,
    ),
    "ordinal dates": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b",
        _FLAGS,
    ),
}
"""Words of the first pages."""
FEATURES = (*HEAD, *BODY, "words", "short", "numbers")


def features(texts: Sequence[str]) -> list[float]:
    """Counts on the part's first blocks, one number for each of FEATURES, about 0 to 4."""
    kept, words = list[str](), 0
    for text in texts:
        if words > WORDS:
            break
        kept.append(text)
        words += len(text.split())
    head = "\n".join(t[:200] for t in kept[:6])
    body = "\n".join(kept)
    out = [float(bool(look.search(head))) for look in HEAD.values()]
    out += [math.log1p(sum(1 for _ in look.finditer(body))) for look in BODY.values()]
    n = max(len(kept), 1)
    return [
        *out,
        math.log1p(words / 100),
        sum(len(t.split()) < 12 for t in kept) / n,
        sum(bool(re.match(r"\W*(?:\d{1,3}|[A-Z])[.)]", t)) for t in kept) / n,
    ]


def kind_chances(texts: Sequence[str]) -> dict[str, float]:
    """How probable each of KINDS is of a part whose first blocks say `texts`; together 1."""
    return _chances(features(texts))


def _chances(x: Sequence[float]) -> dict[str, float]:
    """How probable each of KINDS is, by the numbers of FEATURES."""
    weights = _weights()
    sums = {k: weights[k][0] + sum(w * v for w, v in zip(weights[k][1:], x, strict=True)) for k in KINDS}
    top = max(sums.values())
    raised = {k: math.exp(v - top) for k, v in sums.items()}
    total = sum(raised.values())
    return {k: v / total for k, v in raised.items()}


@lru_cache(maxsize=1)
def _weights() -> dict[str, list[float]]:
    """By kind, the bias and a weight for each of FEATURES, in their order."""
    told: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    return {kind: [told[kind]["bias"], *(told[kind].get(name, 0.0) for name in FEATURES)] for kind in KINDS}


TITLED = re.compile(
    r"^\W*(?:(?:un)?approved |draft |unconfirmed |confirmed |action |official |regular |special "
    r"|final )*minutes?\b(?! (?:of|from) (?:the )?previous)"
    r"|^(?!.*\b(?:approv|adopt|confirm)).{0,70}\bminutes\W*$"
    r"|.{0,70}\bminute of (?:the )?(?:\w+ ){0,3}meeting\b|^\W*record of the .{3,60} meeting\b",
    re.I,
)
"""A title that says minutes."""
OPENING = 12
"""Blocks in which minutes say that the meeting began."""
RECORD = ("convened", "present", "absent", "moved", "seconded", "carried", "resolved", "closed")
"""Cues that only a record of what happened has; an agenda has one or two at the most."""


BEGUN = re.compile(
    r"\b(?:called|brought)\b[^.]{0,80}\bto order (?:at|on)\b"
    r"|\b(?:council|board|committee|commission|selectmen|trustees) met (?:in \w+ session )?at \d",
    re.I,
)
"""What only minutes say of a meeting: when it was called to order."""


def records_a_meeting(texts: Sequence[str]) -> bool | None:
    """Whether the part's first blocks are minutes; None where the evidence does not settle it."""
    counts = features(texts)
    chance = _chances(counts)["minutes"]
    heard = dict(zip(FEATURES, counts, strict=True))
    cues = sum(heard[name] > 0 for name in RECORD) + 2 * (heard["speaker"] > math.log(4))
    titled = any(TITLED.search(without_day(line)) for line in texts[:4] if len(line.split()) <= 40)
    if _dated_title(texts) or (chance > 0.5 and any(BEGUN.search(t) for t in texts[:OPENING])):
        return True
    likely = (titled and chance > 0.1) or chance > 0.93
    if (likely and cues >= 2) or (cues >= 4 and chance > 0.6) or cues >= 6:
        return True
    return False if chance < 0.05 else None


def _dated_title(texts: Sequence[str]) -> bool:
    """The paper opens with "MINUTES OF THE SPECIAL MEETING" or "MEETING MINUTES", and the day: that is enough
    for a meeting that was called and at which nothing was done."""
    first = [
        t
        for t in texts[:2]
        if re.match(r"^\W*(?:\w+ ){0,3}minutes of (?:the|a)\b|^.{0,70}\bmeeting minutes\b", t, re.I)
    ]
    near = " ".join(texts[:4])
    return any(len(t.split()) <= 40 for t in first) and next(dates_in(near), None) is not None
