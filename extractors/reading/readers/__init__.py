"""One kind of fact a module: rolls, items, motions, divisions, decisions, actions, declarations."""
