"""The UN Security Council's Consolidated List, and the elements that other lists take from it."""
