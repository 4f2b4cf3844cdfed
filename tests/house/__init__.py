"""The rules the repository keeps about itself."""
