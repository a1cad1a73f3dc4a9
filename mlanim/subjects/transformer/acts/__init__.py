"""The acts of this subject's scenes: functions that play one step's content."""
