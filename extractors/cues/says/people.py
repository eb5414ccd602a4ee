"""How a name looks in running text: titles and offices, and the words of a name."""

from __future__ import annotations

OFFICES = (
    r"(?:(?:Vice|Deputy|Acting|Past|Interim|Immediate|Lord)[- ])*(?:Mayor|Chair(?:man|woman|person)?"
    r"|President|Reeve|Warden|Leader"
    r"|Provost|Conven[eo]r|Speaker|Cathaoirleach|Leas-Chathaoirleach|Treasurer"
    r"|Secretary)(?:[ -]Pro[- ]Tem(?:pore)?)?"
)
TITLES = (
    rf"(?:{OFFICES}|Council[ -]?(?:[Mm]embers?|[Mm][ae]n|[Ww]om[ae]n|[Pp]ersons?)|Council(?:lors?|ors?)"
    rf"|(?:(?:Town|City|Village|County|School|Parish|Borough) )?Board[ -]?[Mm]embers?"
    r"|Committee [Mm]embers?|Commission(?:er)?s?|Trustees?|Supervisors?"
    r"|(?:Alternate |Deputy |Acting )?Directors?"
    r"|(?:(?:First|Second|Third) )?Select(?:m[ae]n|wom[ae]n|persons?)|Alder(?:m[ae]n|wom[ae]n|persons?)"
    r"|Committee(?:m[ae]n|wom[ae]n|persons?|members?)|Assembly(?: ?[Mm]embers?|m[ae]n|wom[ae]n)|Freeholders?"
    r"|Legislators?|Jurors?|Burgess(?:es)?|Alds?\.?|Comms?\.?"
    r"|Cmhlr\.?|(?:His|Her) (?:Worship|Honou?r)|Madam|Cllrs?\.?|Clrs?\.?|Crs?\.?|Cncllr\.?|CM"
    r"|Comh(?:airleoir)?\.?|Members?|Messrs\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Mx\.?|Dr\.?|Rev(?:d|erend)?\.?"
    r"|Prof(?:essor)?\.?|Sir|Dame|Lord|Lady|Hon(?:ou?rable\b|\.)?|(?:Lt|Sgt|Capt|Det|Cst|Const|Cpl|Dep|Ofc)\.|Mme\.?|(?-i:Me)(?=\s)|Supt\.?|Superintendent)"
)
MEMBERS = (
    r"(?:councill?ors?|cllrs?\.?|crs|council\s?members?|councilm[ae]n|aldermen|members?(?:['’]s)?|trustees|committee(?:m[ae]n|members?|persons)|legislators|jurors|freeholders|assembly\s?members"
    r"|commissioners|board\s?members?|directors|supervisors|select\w+|alder\w+|elected\s+officials)"
)
WHO = (
    r"(?:(?:city|town|county|parish|borough|district|village|sc|voting|school|planning|committee|council|board"
    r"|commission|elected|municipal)\s+)*"
)
"""What may stand before "members", "staff" or "present" in a label."""
_DOT = (
    r"(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|Cr|St|Jr|Sr|Wm|Fr|PC|Lt))\.|(?<=\b(?:Mrs|Clr|Rev|Hon|Sgt|Cpl|Cst|Ofc|Det))\."
    r"|(?<=\b(?:Prof|Cllr|Revd|Capt))\.|(?<=\bCllrs)\.|(?<=\bMessrs)\.|(?<=\d)\.(?=\d)"
)
"""A full stop that ends no sentence."""
TOLD = rf"(?:[^.;]|{_DOT}|\.(?=\d))*"
"""The rest of a clause."""
PEOPLE = rf"(?:[^.]|{_DOT})+"
"""A list of people in a sentence, to the sentence's end."""
SUBJECT = rf"(?:^|(?<=[.;:]\s))(?P<names>(?:[^.;:]|{_DOT}){{3,300}}?)"
"""What stands before a sentence's verb."""
NO_NAME = (
    "THAT|TO|THE|AND|MOVED|SECONDED|PROPOSED|CARRIED|LOST|DEFEATED|RESOLVED|AGREED|MOTION|FOR|AGAINST|BE|IT"
    "|APPROVE|ADOPT|ACCEPT|DENY|ADJOURN|AUTHORIZE|AMEND|APPOINT|AWARD|GRANT|RECEIVE|TABLE|CONTINUE|DEFER|MOVE|NOTE"
    "|Approve|Adopt|Accept|Deny|Adjourn|Authorize|Consider|Receive|Move|Moved|REFUSAL|APPROVAL|YES|NO|AYE|NAY"
    "|AYES|YEAS|YEA|NAYS|NOES|ALL|NONE|CALL|WITH|ON|OF|BY|VOTE|VOTES|ROLL|SO|PASSED|ADOPTED|APPROVED|RESULT|To|Of|On|By|With|So"
    "|That|The|Motion|Moved|Seconded|Carried|Resolved|VOTED|Voted|ACCEPTED|FAILED|UNANIMOUS|UNANIMOUSLY|Unanimously|VOTING|Voting|OPPOSED|ABSTAINED|ABSTAINING|ABSENT"
)
"""Words that stand beside names without being part of them."""
WORD = (
    rf"(?:(?:[A-ZÀ-Þ]\.){{2,4}}(?!\w)|(?:Wm|Chas|Geo|Thos|Jas|Jos|Robt|Edw|Benj|Danl|Saml)\.|[“\"‘][A-ZÀ-Þ][\w-]+[”\"’](?!\w)|(?!(?:{NO_NAME})\b(?![’'][A-Z]))[A-ZÀ-Þ][\w’'‘-]*[\wà-ÿ]"
    r"|(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ]"
    r"|[A-ZÀ-Þ](?:\.|(?!\w))|de[A-Z]\w+|[Mm]ac[A-Z]\w+)"
)
TITLE_WORD = (
    r"(?:Mr|Mrs|Ms|Miss|Cllrs?|Councill?ors?|Council(?:man|men|woman|members?)|Members?|Board\s?[Mm]embers?|Alder(?:man|men|woman)"
    r"|Commissioners?|Trustees?|Supervisors?|Selectm[ae]n)"
)
"""What begins the next name where two stand side by side without a comma."""
PARTICLE = r"(?:de|van|von|der|den|la|le|du|di|da|del|bin|al|ní|ó|ap|ten|ter|St\.)"
GIVEN = rf"{WORD}(?:\s+(?:{PARTICLE}\s+)*{WORD})"
NAME = (
    rf"(?-i:(?<![A-Za-zÀ-ÿ])(?=[A-ZÀ-Þ“\"abdlmntvó])(?:{PARTICLE}\s+)*{WORD}"
    rf"(?:\.?\s+(?:{PARTICLE}\s+)*(?!{TITLE_WORD}\b){WORD}){{0,3}}(?:\s+\([A-Z]\))?)"
)
OFFICE = rf"(?:(?:the\s+)?(?-i:{OFFICES})|the\s+(?:chair(?:man|woman|person)?|mayor|leader|president))"
PERSON = rf"(?:(?:(?:the\s+)?(?-i:(?=[A-Z])(?:{TITLES}\s+)+))?{NAME})"
"""A name, its titles first. Each part stands in it once, since every cue of a mover compiles it anew; a look
at the first letter spares most places the lists of titles and of words that are no names."""
_ONE = (
    rf"(?!(?-i:None|NONE|Nil|NIL|Members|MEMBERS)\b)(?:{PERSON}|(?-i:[A-Z]{{2,3}})(?![\w.]))"
    r"(?:\s*\([^()]{1,40}\))?"
)
NAMES = rf"(?<![\w’'-])(?:(?>{_ONE})(?:\s*(?:,\s*(?:and|&)|,|;|/|\band\b|&)\s*)){{0,14}}{_ONE}"
"""A list of people and nothing else, in words that may stand within a sentence; initials are people too."""
THEN = (
    r"(?:\s*,\s*[^,.;:]{2,70},)?(?:\s*,?\s+(?:had|has|have|also|each|both|all|then|similarly|again|formally|further|verbally"
    r"|therefore|likewise|previously|subsequently|wished\s+to|asked\s+to|wanted\s+to|he|she|they|himself|herself))*"
)
"""What may stand between who does something and the verb."""
_POST_ENDS = (
    "Clerk|Manager|Director|Officer|Attorney|Solicitor|Engineer|Planner|Administrator|Superintendent|Secretary|Treasurer|Chief"
    "|Counsel(?:l?or)?|Foreman|Coordinator|Recorder|Assessor|Executive|Inspector|Librarian|Supervisor|CAO|CEO|CFO|RFO|Chair(?:man|woman|person)?|Mayor|President|Leader|Reeve|Warden|Convener|Provost|Cathaoirleach|Subcommittee|Committee|Department|Section"
)
_HEADS = (
    r"(?:(?:Interim|Assistant|Deputy|Corporate|Strategic|Executive)\s+)*(?:Head|Director|Manager|Lead)"
    r"\s+(?:of|for)"
)
_PLAIN_POSTS = (
    r"clerk|staff|officers?|applicants?|developers?|consultants?|chair(?:man)?|administration"
    r"|facilities\s+team|contractor"
    r"|working\s+(?:group|party)|sub-?committee|section"
)
OFFICER = (
    r"(?-i:(?:(?!(?:Mr|Mrs|Ms|Dr|Mayor|Council\w*|Cllr|Commissioner|Trustee|The|A|An|And|Then)\b)(?:[A-Z][\w&’'/-]*|[A-Z]\.)\s+"
    r"|(?:of|and|for|&)\s+){0,6}?"
    r"(?:[A-Z][a-z]+/)?(?:Clerk|Manager|Director|Officer|Attorney|Counsel|Planner|Engineer|Superintendent|Administrator|Secretary|Treasurer"
    r"|Chief|Coordinator|Analyst|Librarian|Comptroller|Accountant|Auditor|Inspector|Solicitor|Recorder|Assessor|Appraiser|Foreman|Advis[eo]r"
    r"|Specialist|Executive|Sanitarian|(?<=Fire\s)Warden|(?<=Harbor\s)Master|Captain|Lieutenant|Sergeant|Sheriff|Undersheriff"
    r"|Assistant(?!\s+(?:[A-Z][\w’'-]+\s+){0,3}(?:Attorney|Manager|Director|Clerk|Engineer|Planner|Chief|Superintendent|Administrator|Solicitor)\b))(?:\s+(?:I{1,3}|of\s+(?:[A-Z]\w+)(?:\s+(?:and|&)?\s*[A-Z]\w+){0,3}))?)"
)
"""An officer's post in front of or behind a name."""
POST = (
    rf"(?-i:{_HEADS}\s+(?:the\s+)?[A-Z][\w’'&-]*(?:,?\s+(?:(?:and|&|of|for|the)\s+)*[A-Z][\w’'&-]*){{0,6}})"
    rf"|(?-i:Public\s+Service|Committee\s+on\s+[A-Z]\w+(?:,?\s+(?:(?:and|&)\s+)?[A-Z]\w+){{0,3}})"
    rf"|(?-i:(?:[A-Z][\w/’'&-]*\s+(?:(?:[A-Z][\w/’'&-]*|of|and|for|the)\s+){{0,5}}?)?(?:{_POST_ENDS})s?(?:\s+of\s+[A-Z]\w+(?"
    rf":\s+[A-Z]\w+){{0,2}})?)"
    rf"|(?:(?:parish|town|assistant|deputy|city|district|county|assistant\s+to\s+the)\s+)?(?:{_PLAIN_POSTS})"
)
"""A post, a department or a group that can be asked to do something."""
OWNER = (
    rf"\b(?:(?:the|a|an)\s+)?(?:(?:{POST})(?:\s+(?!To\b|Will\b){NAME})?|"
    rf"(?-i:(?=[A-Z])(?:(?:{TITLES}|PCSO|PC)\s+)+){NAME})"
)
APPOSED = r"(?:,?\s*\([^)]{3,80}\)|,\s[^,.;]{3,80},)"
"""What stands after a name to say who that is: "(Director of Works)", ", Head of Legal Services,"."""
HANDED = (
    r"(?:sent|circulated|shared|provided|actioned|forwarded|distributed|emailed|e-mailed|supplied|arranged"
    r"|raised|followed\s+up|reported\s+back|brought\s+(?:back|to|before)|passed\s+on|fed\s+back|added|picked\s+up|taken\s+(?:back"
    r"|away|forward)|looked\s+into|checked|investigated|included\s+in|clarified|issued|sought|posted|presented\s+to"
    r"|submitted\s+to)"
)
"""What is done with something that somebody asked for."""
NUMBERED = r"(?:^\W*(?:(?:\d[\d.]*[.)]?|[a-z]{1,4}[.)])\s+)?)"
"""Where a paragraph begins, after its number."""
AT_ONCE = (
    r"(?:lead|come\s+forward|speak|introduce|stand|leave|step|conduct|proceed|take\s+(?:the\s+)?(?:roll|chair"
    r"|minutes)|call\s+the\s+roll|read|comment|explain|present)\b"
)
"""What somebody is asked to do there and then: no action to follow up."""
