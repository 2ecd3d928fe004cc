"""Ukraine's sanctions of the National Security and Defense Council: workbook and state register."""
