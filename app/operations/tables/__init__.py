"""What each list of the window holds when it is written out, with the columns a reader needs.

Every list keeps the order and the narrowing it has on screen: its rows are asked for by the keys
that are shown there. Ids stay inside; children stand by their codes.
"""
