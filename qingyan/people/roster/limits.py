"""How much a roster file may be, and how much the process that reads it may use."""

MEGABYTE = 1024 * 1024

MOST_BYTES = 16 * MEGABYTE  # 100,000 rows as CSV with all columns are 12 MB
MOST_ENTRIES = 200
MOST_UNPACKED = 100 * MEGABYTE
MOST_RATIO = 100
RATIO_COUNTS_FROM = MEGABYTE  # a tiny part of a good file may well shrink a hundredfold
MOST_ROWS = 100_000
MOST_COLUMNS = 60
ROWS_ABOVE = 10  # title, notes and header
LONGEST_CELL = 500

CHILD_MEMORY = 768 * MEGABYTE  # address space; resident memory stays below 512 MB
CHILD_CPU_SECONDS = 60
CHILD_WALL_SECONDS = 90.0
CHILD_ANSWER = 128 * MEGABYTE
