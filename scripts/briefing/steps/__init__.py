"""One module a rule of the workflow: plain values in, plain values out."""
