"""How a name looks in running text: titles and offices, and the words of a name."""

from __future__ import annotations

OFFICES = (
    r"(?:(?:Vice|Deputy|Acting|Past|Interim|Immediate|Lord)[- ])*(?:Mayor|Chair(?:man|woman|person)?|President|Reeve|Warden|Leader"
    r"|Provost|Conven[eo]r|Speaker|Cathaoirleach|Leas-Chathaoirleach|Treasurer|Secretary)(?:[ -]Pro[- ]Tem(?:pore)?)?"
)
TITLES = (
    rf"(?:{OFFICES}|Council[ -]?(?:members?|m[ae]n|wom[ae]n|persons?)|Council(?:lors?|ors?)|Board[ -]?[Mm]embers?"
    r"|Committee [Mm]embers?|Commission(?:er)?s?|Trustees?|Supervisors?|Directors?|Select(?:m[ae]n|wom[ae]n|person)|Alder(?:m[ae]n|wom[ae]n|persons?)"
    r"|Cmhlr\.?|(?:His|Her) (?:Worship|Honou?r)|Madam|Cllrs?\.?|Clrs?\.?|Crs?\.?|Cncllr\.?|CM|Comh(?:airleoir)?\.?|Members?|Mr\.?|Mrs\.?|Ms\.?|Miss|Mx\.?|Dr\.?|Rev(?:d|erend)?\.?"
    r"|Prof(?:essor)?\.?|Sir|Dame|Lord|Lady|Hon\.?|Supt\.?|Superintendent)"
)
WORD = r"(?:[A-ZÀ-Þ][\w’'‘-]*[\wà-ÿ]|[A-ZÀ-Þ]\.?|de[A-Z]\w+|[Mm]ac[A-Z]\w+)"
PARTICLE = r"(?:de|van|von|der|den|la|le|du|di|da|del|bin|al|ní|ó|ap|ten|ter|St\.)"
GIVEN = rf"{WORD}(?:\s+(?:{PARTICLE}\s+)*{WORD})"
NAME = rf"(?-i:(?:{PARTICLE}\s+)*{WORD}(?:\.?\s+(?:{PARTICLE}\s+)*{WORD}){{0,3}}(?:\s+\([A-Z]\))?)"
OFFICE = rf"(?:(?:the\s+)?(?-i:{OFFICES})|the\s+(?:chair(?:man|woman|person)?|mayor|leader|president))"
PERSON = rf"(?:(?:the\s+)?(?-i:(?:{TITLES})(?:\s+(?:{TITLES}))*)\s+{NAME}|{NAME})"
