"""The app as a host runs it; docs/hosting.md says how."""
