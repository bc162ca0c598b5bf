"""Watching: the same addresses read again and again, one commit a round."""
