"""``python -m appealgen``."""

from appealgen.cli import main

main()
