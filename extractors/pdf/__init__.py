"""A shorter way through pdfminer to what pdfplumber shows: the same letters, lines and boxes, in about half
the time.

Nearly all the time of a pack goes into three things that pdfminer does once a token or once a letter: cutting
content streams into tokens, making an object of each letter, and pdfplumber's walk through that object's
attributes. `content` cuts with one compiled pattern, `letters` writes a letter's row at once, `lean` is the
pdfplumber page that uses both. What `content` does not know it leaves to pdfminer; tests hold the rows of
both to each other, letter by letter.
"""
