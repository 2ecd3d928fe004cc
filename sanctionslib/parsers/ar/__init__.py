"""Argentina's RePET (json)."""
