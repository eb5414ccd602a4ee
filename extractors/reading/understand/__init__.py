"""Short state machines over segments, cues and roles: one kind of fact a module."""
