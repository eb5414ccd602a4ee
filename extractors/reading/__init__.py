"""Facts tagged by spaCy: one Doc a part, the part's layout as span groups, one component for each kind of
fact."""
