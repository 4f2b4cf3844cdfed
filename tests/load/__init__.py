"""The figures: what one request costs the server, beside what the machine could do at most. Run by `make bench`."""
