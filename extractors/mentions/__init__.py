"""People, dates, money, references: found once, asked by everyone after."""
