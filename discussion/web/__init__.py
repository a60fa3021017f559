"""What every page shares: the door, the faces of an answer, forms, errors, headers, the cache."""
