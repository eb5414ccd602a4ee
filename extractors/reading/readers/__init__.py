"""One kind of fact a module: meetings, seats, sections, contacts, amounts, actions."""
