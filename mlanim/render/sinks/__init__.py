"""Sinks: where frames go. One file each; all follow the narrow port of `sinks.port`."""
