"""Canada's autonomous sanctions (xml)."""
