"""The states and provinces of North America, as patterns."""

from __future__ import annotations

STATES = (
    r"California|Nevada|Massachusetts|Ohio|Colorado|New (?:York|Jersey|Mexico|Hampshire|Brunswick)|Texas"
    r"|Pennsylvania|Washington|Oregon|Michigan|Illinois|Minnesota|Florida|Arizona|Utah|Idaho|Montana"
    r"|Connecticut|Vermont|Wisconsin|Maine|Rhode Island|(?:West )?Virginia|Maryland"
    r"|(?:North|South) (?:Carolina|Dakota)|Georgia|Tennessee|Kentucky|Indiana|Missouri|Iowa|Kansas"
    r"|Nebraska|Oklahoma|Arkansas|Louisiana|Mississippi|Alabama|Wyoming|Alaska|Delaware|Hawai[‘’']?i"
    r"|Ontario|Qu[ée]bec|British Columbia|Alberta|Saskatchewan|Manitoba|Nova Scotia"
)
"""Their names."""
CODES = (
    r"CA|MA|NV|OH|CO|PA|NY|NJ|TX|WA|OR|MI|IL|MN|WI|FL|AZ|UT|ID|MT|NM|CT|NH|VT|ME|RI|VA|MD|NC|SC|GA|TN|KY"
    r"|IN|MO|IA|KS|NE|ND|SD|OK|AR|LA|MS|AL|WV|WY|AK|HI|DE|ON|BC|AB|SK|MB|NS|NB|NL|PE|YT"
)
"""Their letters in an address."""
