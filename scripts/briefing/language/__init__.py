"""How a language writes: numbers, dates, hedges, typography, and the house's own texts in it."""
