"""From observations to figures: units, vintages, formulas, and checks between figures."""
