"""What holds for the cells of every lesson: each runs alone with what it needs, and their notebook runs elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from unittest.mock import patch

import nbformat
from nbclient import NotebookClient

from calc.cells import Cell, Output, Values, filled, needed, outputs
from pages.shared.notebook import notebook


def check_cells(cells: Sequence[Cell], values: Values, *, executed: bool = True) -> dict[str, Output]:
    """Run all cells together, and each alone; and once as a notebook. What they gave together."""
    together = outputs(cells, values)
    assert set(together) == {cell.name for cell in cells}
    for cell in cells:
        output = together[cell.name]
        assert (output.error.kind if output.error else "") == cell.raises, (cell.name, output.error)
        assert not output.waits_for, cell.name
        assert set(output.arrays) == {name for name, _ in cell.draws}, cell.name
        assert not cell.raises or cell.means, cell.name
        alone = outputs(needed(cells, (cell.name,)), values)[cell.name]
        assert (alone.shown, alone.error) == (output.shown, output.error), cell.name
    if executed:
        assert said_elsewhere(cells, values) == {
            name: (output.printed, output.text, output.error.kind if output.error else "")
            for name, output in together.items()
        }
    return together


def said_elsewhere(cells: Sequence[Cell], values: Values) -> dict[str, tuple[str, str, str]]:
    """What a notebook of the cells gives in a kernel of its own: printed, the last expression, the exception."""
    written = nbformat.reads(notebook(filled(cells, values), "A lesson"), as_version=4)
    nbformat.validate(written)
    # As everywhere where nobody has set them.
    there = {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "0", "JUPYTER_PLATFORM_DIRS": "1"}
    with patch.dict(os.environ, there):
        NotebookClient(written, timeout=120, kernel_name="python3").execute()
    said = {}
    for cell in written.cells:
        if cell.cell_type == "code":
            printed = "".join(each.text for each in cell.outputs if each.get("name") == "stdout")
            results = [
                each.data["text/plain"] for each in cell.outputs if each.output_type == "execute_result"
            ]
            errors = [each.ename for each in cell.outputs if each.output_type == "error"]
            said[cell.id] = printed, "".join(results), "".join(errors)
    json.dumps(said)
    return said
