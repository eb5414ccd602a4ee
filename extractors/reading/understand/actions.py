"""Actions: who undertook or was asked to do what, in resolutions, in prose, in lists and by labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.cues.says import Cue, cues_for
from extractors.cues.says.people import NAME, TITLES
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import Motion

TRIGGER = re.compile(
    r"\b(?:will|shall|should|would|to|ask|request|instruct|direct|delegat|undertook|agreed|offered"
    r"|volunteered|action|task|please|[’']ll\b)",
    re.I,
)
BULLET_ONLY = "bullet: owner to"
ENDS = re.compile(
    r"\s+[–—-]+\s+(?:[^.]*\s)?(?:carried|defeated|lost)\b.*$|,\s+who\b.*$|[,;]?\s+(?:and\s+that|which|when\s+asked|as\s+this|because|although|but|and\s+will)\b.*$",
    re.I,
)
OF_THAT = re.compile(r"\w+\s+(?:it|that|this|so)", re.I)
"""What repeats an action that was told: "said he would provide it"."""
SAID = re.compile(r"\b(?:said|stated|advised|replied|confirmed|asked|promised)\b", re.I)
ALONE = re.compile(
    r"(?:write|phone|ring|answer|acknowledge|draft|order|report|investigate|arrange|organi[sz]e|attend|check|chase|reply|respond|monitor|advise|circulate)",
    re.I,
)
"""What says enough by itself: "JG to order."."""
AT = {"owner did, and will": "words"}
"""From where a cue's action is told, if not from its owner."""
SAME_WORDS = 8
LEAST = 2
"""Words of an action."""
CLAUSE = re.compile(
    r"\W*(?:\w{1,4}[.)]\s*)?(?:That|THAT)\b|\W*\w{1,4}[.)]\s*that\b|(?:It\s+was\s+)?(?:(?i:unanimously\s+)?(?i:resolved|agreed|ordered))\W+that\b|IT\s+IS\s+(?:HEREBY\s+)?ORDERED\s+that\b"
)
"""A clause of what is resolved or recommended."""
THOUGHT = re.compile(r"^(?!\W*that\b).*\bshould\b", re.I | re.S)
MOVED_BY = re.compile(rf"\b(?:by|of|for)\s+(?:the\s+)?(?:(?:{TITLES})\s+)?(?:[A-Z]\.?\s*){{0,2}}$", re.I)
"""What stands before one who is asked to do nothing: "moved by Councillor Ash to give ...", "a plan for the
Chair to sign"."""
NOBODY = re.compile(
    r"(?:he|she|they|we|it|(?-i:PC|CC)|council|committee|board|members|meeting|thanks|congratulations|condolences|sympathy"
    r"|(?:.*\s)?call(?:\s.*)?|(?:.*\s)?(?-i:[A-Z]{3,}ED)|(?:of|for|and)\s.*|.*\bsession)$",
    re.I,
)
"""Owners that are none: the body that decides, what is sent to somebody, a verb in capitals."""
SUBJECT = re.compile(
    rf"^\W*(?:[Tt]hat\s+)?(?P<who>(?:(?:{TITLES})\s+)+{NAME}"
    rf"|(?!(?:He|She|They|It|We)\b){NAME}(?=(?:,\s[^,.;]{{3,60}},)?\s+(?:said|reported|advised|explained|confirmed|commented|stated|noted|gave|presented|replied"
    r"|answered|indicated|announced|added|responded|says|reports|explains|states|notes|advises|had|has)\b))"
)
"""Whom a sentence is about: "he" of a later sentence of the paragraph."""

DECIDED = re.compile(r"\W*(?:noted|agreed|resolved|approved|received)\W*", re.I)
"""A word of decision alone in its line, between what is to be done and its label."""
SPEAKER = re.compile(
    rf"^\W*(?:\w{{1,3}}[.)]\s+)?(?:(?:[A-Z][\w’']+\s*){{1,4}}(?:\s[–—-]|:)\s+)?(?P<who>(?:(?:{TITLES}|MR\.|MS\.|MRS\.|DR\.)\s+)*{NAME})(?::\s|\s[–—-]+\s)"
)
""" "MS. FOSS: ...", "B. Public Works - Mr. Lund: ..." of a verbatim record: who says "I" in it."""
TO_DO = re.compile(r"\b(?:will|would|shall|should|agreed\s+to|resolved\b|to\s+be|to\s+[a-z]{3,})\b", re.I)
REACHES = 6
"""Segments of a paragraph before a label within which what is to be done is told."""
ASKED = re.compile(r"\b(?:asked|requested|suggested|proposed)\s+(?:that|for|if|whether)\b", re.I)
DO_SO = re.compile(
    rf"^\W*(?P<owner>(?:(?:[Tt]he\s+)?(?:{TITLES})\s+)*{NAME})\s+(?:agreed|undertook|offered|promised|confirmed\s+(?:that\s+)?s?he\s+would)"
    r"(?:\s+to)?\s+(?:do\s+)?(?:this|so|that|it)\W*$"
)
""" "The Engineer agreed to do this.", after what was asked for."""
PROMISED = re.compile(
    rf"^\W*(?:In\s+response,?\s+)?(?P<who>(?:(?:{TITLES})\s+)+{NAME})\s+(?:advised|confirmed|agreed|promised|undertook)\s+that\b"
)
"""Who says that something will be done: "Councillor Ash advised that a map would be provided"."""
WOULD = re.compile(r"\b(?:will|would)\s+(?:also\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done: its owner as printed (empty where nobody is named), its words and their place, by
    which cue."""

    owner: str
    text: str
    start: int
    end: int
    at: int
    cue: str


def read_actions(
    segments: Sequence[Segment],
    motions: Sequence[Motion],
    settled: set[int],
    known: frozenset[str] = frozenset(),
) -> list[Action]:
    """The actions in order, each once. `settled` are the segments that tell decisions; `known` the words and
    initials of names on the roll; questions and quotations are none."""
    moved = {m.at for m in motions}
    out: list[Action] = []
    speakers, voices = _speakers(segments), _voices(segments)
    for i, s in enumerate(segments):
        if (
            not (TRIGGER.search(s.text) or i in settled)
            or s.text.rstrip().endswith("?")
            or (s.capitals and len(s.text) < 80)
        ):
            continue
        if i in moved and i not in settled:
            continue
        if label := _label(s):
            _assign(out, segments, i, label)
            continue
        if i and (said := DO_SO.match(s.text)) and ASKED.search(segments[i - 1].text):
            b = segments[i - 1]
            out = [o for o in out if o.at != i - 1]
            out.append(Action(said["owner"], b.text, b.start, b.end, i - 1, "agreed to do what was asked"))
            continue
        for action in _told(s, i, i in settled, known, (speakers[i], voices[i])):
            if not any(o.at == i and _same(o, action) for o in out):
                out.append(action)
    return list({_told_again(a): a for a in reversed(out)}.values())[::-1]


def _told_again(a: Action) -> tuple[object, ...]:
    """What is the same of an action that is recommended, moved and resolved in the same long words."""
    words = a.text.lower().split()
    return (a.owner.lower(), *words) if len(words) >= SAME_WORDS else (a.start, a.end)


def names_known(names: Iterable[str]) -> frozenset[str]:
    """The words of the names, and their initials: "Anne Foss" gives Anne, Foss and AF."""
    out: set[str] = set()
    for name in names:
        words = [w for w in re.split(r"[\s.]+", name) if w]
        out |= {w for w in words if len(w) > 2 or w[1:].islower()} | set(_initials(name))
    return frozenset(out)


def _initials(name: str) -> Iterator[str]:
    """ "AW", and "AWr" where another has the same."""
    letters = "".join(re.findall(r"[A-ZÀ-Þ]", name))
    yield letters
    if len(letters) > 1:  # "He" is nobody's initials
        yield from (letters + x for x in set(name.split()[-1][1:]) if x.islower())


def _speakers(segments: Sequence[Segment]) -> list[str | None]:
    """Whom "he" or "she" of each segment is: the subject of a sentence before it in its paragraph."""
    out: list[str | None] = []
    last: str | None = None
    for s in segments:
        last = None if s.first and not s.view.block.marker else last
        out.append(last)
        if m := SUBJECT.match(s.text):
            last = m["who"]
    return out


def _voices(segments: Sequence[Segment]) -> list[str | None]:
    """Who speaks in each segment of a verbatim record: whose name stands in front of the paragraph."""
    out: list[str | None] = []
    now: str | None = None
    for s in segments:
        m = SPEAKER.match(s.text)
        now = m["who"] if m else None if s.first else now
        out.append(now)
    return out


def _told(
    s: Segment, i: int, decided: bool, known: frozenset[str], who: tuple[str | None, str | None]
) -> Iterator[Action]:
    """All that a segment tells, the surest first; `who` are its subject and whose words it gives."""
    speaker, voice = who
    yield from _owned(s, i, decided)
    yield from _of_known(s, i, known)
    if speaker:
        yield from (_action(s, i, cue, m, speaker) for cue, m in _found("pronoun action", s))
    if voice or speaker:
        yield from (_action(s, i, cue, m, voice or speaker or "") for cue, m in _found("voiced action", s))
    if not decided:
        said = PROMISED.match(s.text)
        promiser = said["who"] if said else ""
        yield from (_action(s, i, cue, m, promiser) for cue, m in _found("unowned action", s))
    yield from (_action(s, i, cue, m, m["owner"] or "") for cue, m in _found("labelled action", s))


def _found(act: str, s: Segment) -> Iterator[tuple[Cue, re.Match[str]]]:
    return ((cue, m) for cue in cues_for(act, s.text) for m in cue.look.finditer(s.text))


def _owned(s: Segment, i: int, decided: bool) -> Iterator[Action]:
    """What a post, a group or somebody with a title is to do."""
    for cue, m in _found("action", s):
        if cue.name == BULLET_ONLY and not (s.first and s.view.block.marker):
            continue
        if cue.name == "that owner do" and not (decided or CLAUSE.match(s.text)):
            continue
        if cue.name == "owner will" and not decided and THOUGHT.search(s.text):
            continue  # what somebody thinks ought to be
        owner = re.sub(r"^(?:the|a|an)\s+", "", m["owner"].strip(), flags=re.I)
        if NOBODY.match(owner) or MOVED_BY.search(s.text[: m.start()]):
            continue
        if len(_words(m).split()) >= _least(s, m) and not OF_THAT.fullmatch(_words(m)):
            yield _action(s, i, cue, m, owner)


def _of_known(s: Segment, i: int, known: frozenset[str]) -> Iterator[Action]:
    """What people of the roll are to do, named without a title or by initials."""
    for cue, m in _found("known to act", s) if known else ():
        bare = re.sub(rf"^(?:(?:{TITLES})\s+)+", "", m["owner"])
        told = len(_words(m).split()) >= _least(s, m) and not MOVED_BY.search(s.text[: m.start("owner")])
        if _is_known(bare, known) and told and not (OF_THAT.fullmatch(_words(m)) and SAID.search(s.text)):
            yield _action(s, i, cue, m, m["owner"])


def _is_known(name: str, known: frozenset[str]) -> bool:
    """Every word is one of the roll's, or the surname is behind one other word: "Cindy" of "Cynthia"."""
    words = name.split()
    return all(w in known for w in words) or (len(words) == 2 and len(words[1]) > 2 and words[1] in known)


def _least(s: Segment, m: re.Match[str]) -> int:
    """How many words tell what is to be done; one is enough where it is the whole sentence: "Clerk to
    write."."""
    whole = _opens(s.text, m.start("owner")) and not s.text[m.end() :].strip(" .")
    whole = whole or (s.text[m.start("owner") - 1 : m.start("owner")] == "(" and _words(m).endswith(")"))
    return 1 if whole and ALONE.fullmatch(_words(m).rstrip(")")) else LEAST


def _opens(text: str, at: int) -> bool:
    """Whether a clause begins there: at the start, or after a comma or a full stop."""
    return at == 0 or text[:at].rstrip()[-1:] in (",", ".", ";", ":", "–", "-")


def _words(m: re.Match[str]) -> str:
    return ENDS.sub("", m["words"]).strip(" ,:–-")


def _action(s: Segment, i: int, cue: Cue, m: re.Match[str], owner: str) -> Action:
    """The whole of what is told, from who is to do it (or is asked to) to the end."""
    begins = m.start("words")
    if cue.act == "action" and m.start("owner") > begins:  # "that a letter be sent by the Clerk"
        return Action(
            owner, s.text[begins : m.end("owner")], s.start + begins, s.start + m.end("owner"), i, cue.name
        )
    if cue.act in ("action", "known to act"):
        begins = m.start() if cue.name == "asked owner to" else m.start(AT.get(cue.name, "owner"))
    elif cue.name == "asked that it be handed over":
        begins = m.start()
    elif would := WOULD.search(s.text[:begins]):
        begins = would.start()
    ends = m.start("words") + len(ENDS.sub("", m["words"]).rstrip(" ,:–-"))
    return Action(owner, s.text[begins:ends], s.start + begins, s.start + ends, i, cue.name)


def _label(s: Segment) -> re.Match[str] | None:
    """A label that names only who is to act, after what is to be done: "Action: UE"."""
    return next((m for cue in cues_for("label of owner", s.text) if (m := cue.look.match(s.text))), None)


def _adds_nothing(text: str) -> bool:
    return bool(DECIDED.fullmatch(text) or DO_SO.match(text))


def _before(segments: Sequence[Segment], i: int) -> int:
    """Which segment before a label tells what is to be done: the last of its paragraph that says so, else the
    one right before."""
    last = i - 2 if i > 1 and _adds_nothing(segments[i - 1].text) else i - 1
    for n in range(last, max(-1, last - REACHES), -1):
        if TO_DO.search(segments[n].text):
            return n
        if segments[n].first:
            break
    return last


def _assign(out: list[Action], segments: Sequence[Segment], i: int, label: re.Match[str]) -> None:
    """Give the action before a label its owner; where none was read, what stands before is it."""
    if not i:
        return
    at = _before(segments, i)
    s = segments[at]
    if out and out[-1].at == at:
        out[-1] = replace(out[-1], owner=label["owner"])
    else:
        out.append(Action(label["owner"], s.text, s.start, s.end, at, "Action: owner"))


def _same(a: Action, b: Action) -> bool:
    return a.start < b.end and b.start < a.end
