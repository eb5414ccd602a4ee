"""The `minutebook` command, a module a subject; each command imports what it needs when it runs, so that
`--help` is quick."""
