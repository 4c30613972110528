"""YAML files -> model: what each kind of file may hold, and how its parts refer to each other."""

from appealgen.loading.cases import load_case
from appealgen.loading.languages import load_language
from appealgen.loading.lists import load_column_names, load_countries, load_forbidden, load_signer
from appealgen.loading.paper import load_paper
from appealgen.loading.targets import Book, load_offices, load_targets

__all__ = ["Book", "load_case", "load_column_names", "load_countries", "load_forbidden", "load_language",
           "load_offices", "load_paper", "load_signer", "load_targets"]  # fmt: skip
