"""The formats of other US publishers: Commerce's lists, and the list that combines all of them."""
