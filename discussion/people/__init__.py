"""Who takes part: nobody here knows of series or of writing."""
