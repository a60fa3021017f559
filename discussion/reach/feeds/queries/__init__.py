"""What feeds, calendars and maps of the site hold."""
