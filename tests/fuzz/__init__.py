"""Generated mentions, tables and options over every command and call: ``make fuzz``."""
