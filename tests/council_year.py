"""A year of an invented council's papers, typeset: what is called, drafted, confirmed, noticed, put into the
next pack, corrected, cancelled and put off."""

from __future__ import annotations

from pathlib import Path

from fixtures.marlow import BOLD, say, set_pages

COUNCIL = "Wexbourne Borough Council"
COMMITTEE = "Planning and Harbour Committee"
CAME = ("Ruth Calder", "Owen Pryce", "Ida Marsh", "Tomas Bell")
ITEMS = (
    "Apologies for absence",
    "Minutes of the previous meeting",
    "Repairs to the north quay (decision 24/00031)",
    "Parking on Lantern Street",
)


def agenda(folder: Path, name: str, day: str, *, hour: str = "6.30 pm", note: str = "") -> Path:
    """A front sheet that calls a meeting."""
    story = [
        say(COUNCIL, BOLD),
        say("AGENDA", BOLD),
        say(f"{COMMITTEE} to be held on {day} at {hour} in the Guildhall"),
        *([say(note, BOLD)] if note else []),
        *(say(f"{n}. {title}") for n, title in enumerate(ITEMS, 1)),
    ]
    return _set(folder, name, story)


def minutes(
    folder: Path,
    name: str,
    day: str,
    *,
    head: str = "Minutes",
    body: str = COMMITTEE,
    hour: str = "6.30 pm",
    sorry: tuple[str, ...] = ("Leo Farrant",),
    cost: str = "£41,000",
    business: bool = True,
    correction: str = "",
) -> Path:
    """Minutes of a meeting, in the words of `head`; with a `correction` of those before."""
    return _set(folder, name, _minutes(day, head, body, hour, sorry, cost, business, correction))


def _minutes(
    day: str,
    head: str,
    body: str,
    hour: str,
    sorry: tuple[str, ...],
    cost: str,
    business: bool = True,
    correction: str = "",
) -> list:
    there = [c for c in CAME if c not in sorry]
    votes = [
        say("Councillor Owen Pryce proposed and Councillor Ruth Calder seconded that the parking bays on "
            "Lantern Street be kept."),
        say("A recorded vote was taken:"),
        say(f"For (2): Councillor {there[0]}, Councillor {there[1]}"),
        say(f"Against (1): Councillor {there[-1]}"),
        say("The motion was carried."),
    ]  # fmt: skip
    return [
        say(COUNCIL, BOLD),
        say(head, BOLD),
        say(f"Minutes of a meeting of the {body} held on {day} at {hour} in the Guildhall"),
        say("Present: " + ", ".join(f"Councillor {c}{' (Chair)' if c == CAME[0] else ''}" for c in there)),
        say("Apologies: " + ", ".join(f"Councillor {c}" for c in sorry)),
        say(f"1. {ITEMS[0]}", BOLD),
        say("Apologies were received as listed above."),
        *([say(f"2. {ITEMS[1]}", BOLD), say(correction)] if correction else []),
        *(
            [
                say(f"3. {ITEMS[2]}", BOLD),
                say(f"RESOLVED: That the repairs to the north quay be approved at a cost of {cost}."),
                say(f"4. {ITEMS[3]}", BOLD),
                *votes,
                say("RESOLVED: That the report be noted."),
            ]
            if business
            else [say("2. Emergency works", BOLD), say("RESOLVED: That the sea wall be closed at once.")]
        ),
        say("The meeting closed at 7.40 pm."),
    ]


def notice(folder: Path, name: str, day: str) -> Path:
    """A notice of the decisions of a meeting."""
    story = [
        say(COUNCIL, BOLD),
        say("NOTICE OF DECISIONS", BOLD),
        say(f"Decisions taken by the {COMMITTEE} on {day}"),
        say(f"3. {ITEMS[2]}", BOLD),
        say("RESOLVED: That the repairs to the north quay be approved at a cost of £41,000."),
    ]
    return _set(folder, name, story)


def pack(folder: Path, name: str, day: str, earlier: str) -> Path:
    """The pack of a meeting, with the minutes of the one before it."""
    from reportlab.platypus import PageBreak

    story = [
        say(COUNCIL, BOLD),
        say("AGENDA", BOLD),
        say(f"{COMMITTEE} to be held on {day} at 6.30 pm in the Guildhall"),
        *(say(f"{n}. {title}") for n, title in enumerate(ITEMS, 1)),
        PageBreak(),
        *_minutes(earlier, "MINUTES", COMMITTEE.upper(), "6.30 pm", ("Leo Farrant",), "£41,000"),
    ]
    return _set(folder, name, story)


def _set(folder: Path, name: str, story: list) -> Path:
    path = folder / f"{name}.pdf"
    set_pages(str(path), story, name.replace("-", " "), COUNCIL)
    return path


CORRECTION = (
    "Councillor Tomas Bell said that the minutes of the meeting held on 12 March 2024 should be amended at "
    "minute 4 to read “loading bays” and not “parking bays”."
)
MARCH, APRIL, MAY = "Tuesday 12 March 2024", "Tuesday 16 April 2024", "Tuesday 14 May 2024"
JUNE, JULY, OCTOBER = "Tuesday 11 June 2024", "Tuesday 9 July 2024", "Tuesday 8 October 2024"


def typeset_year(folder: Path) -> list[Path]:
    """All papers of the year. The draft of March has the one member wrongly present and another cost."""
    folder.mkdir(parents=True, exist_ok=True)
    rightly = ("Leo Farrant", "Ida Marsh")
    confirmed = {"head": "Confirmed minutes", "sorry": rightly}
    return [
        agenda(folder, "march-agenda", MARCH),
        minutes(folder, "march-draft", MARCH, head="DRAFT MINUTES", cost="£14,000"),
        minutes(folder, "march-confirmed", MARCH, **confirmed),
        notice(folder, "march-notice", MARCH),
        pack(folder, "april-pack", APRIL, MARCH),
        minutes(folder, "april-minutes", APRIL, correction=CORRECTION),
        agenda(folder, "may-agenda", MAY, note="MEETING CANCELLED"),
        agenda(folder, "june-agenda", JUNE),
        minutes(folder, "july-minutes", JULY, body=f"meeting of the {COMMITTEE}"),
        minutes(folder, "october-special", OCTOBER, head="Special meeting", hour="4.00 pm", business=False),
        minutes(folder, "october-minutes", OCTOBER),
    ]
