"""What a sector agrees on before anybody argues: the series, its members, its values."""
