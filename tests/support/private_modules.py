"""A contract for import-linter: a module with an underscore is imported by its own package alone."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateModules(Contract):
    """`sanctionslib.display._lines` may be imported below `sanctionslib.display` and nowhere else."""

    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find each import of a private module from outside the package that it is in."""
        del verbose
        found = sorted(
            f"{importer} imports {module}"
            for module in graph.modules
            for importer in graph.find_modules_that_directly_import(module)
            if (owner := _owner(module)) and not f"{importer}.".startswith(f"{owner}.")
        )
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the findings, one import per line."""
        for line in check.metadata["found"]:
            output.print_error(line)


def _owner(module: str) -> str:
    """The package that a private module is in; "" for a module that everybody may import."""
    parts = module.split(".")
    private = [n for n, part in enumerate(parts) if part.startswith("_") and part != "__main__"]
    return ".".join(parts[: private[0]]) if private else ""
