"""The application: command line, main window, session, actions, jobs, settings."""
