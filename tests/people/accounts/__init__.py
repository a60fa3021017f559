"""People come in, keep their accounts, and are seen."""
