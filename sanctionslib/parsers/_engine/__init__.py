"""What all formats share: the rules of their tables, what reads by them, and the containers."""
