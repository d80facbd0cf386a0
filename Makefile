# GNU make reads GNUmakefile, and never this file; another make reads this one alone.
note test help:
	@echo "This needs GNU make; where it is not the system's own make, run gmake instead: gmake note" >&2; exit 1

.DEFAULT:
	@echo "This needs GNU make; where it is not the system's own make, run gmake instead: gmake note" >&2; exit 1
