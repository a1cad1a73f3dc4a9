"""Acts: functions that play one piece of teaching on an Explainer, whatever scene it is in."""
