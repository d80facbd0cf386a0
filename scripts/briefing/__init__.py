"""The rooms of the house, in the order in which the data travels; each room imports only from those before it."""
