"""Registers and monthly tables: the same rows, numbers and notes on screen and in every file."""
