#!/bin/sh
# Start a job script of Snakemake in the background, as a cluster would start it elsewhere, and say its id.
"$@" </dev/null >/dev/null 2>&1 &
echo $!
