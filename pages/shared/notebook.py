"""Cells as a notebook, which runs wherever NumPy, SymPy and JAX are."""

from collections.abc import Sequence

from calc.cells import Cell


def notebook(cells: Sequence[Cell], title: str) -> str:
    """The text of an .ipynb file.

    Args:
        cells: filled, each after those that it needs.
        title: its heading.
    """
    # Its checker of notebooks takes 0.2 s to import: when the first one is made.
    from nbformat import v4, writes

    made = []
    for number, cell in enumerate(cells):
        words = f"# {title}\n\n{cell.words}" if number == 0 else cell.words
        below = " ".join(part for part in (cell.means, cell.instead) if part)
        # An exception that is there to be seen does not end a run of all cells.
        tags = {"tags": ["raises-exception"]} if cell.raises else {}
        made.append(v4.new_markdown_cell(words, id=f"{cell.name}-words"))
        made.append(v4.new_code_cell(cell.code, id=cell.name, metadata=tags))
        if below:
            made.append(v4.new_markdown_cell(below, id=f"{cell.name}-below"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return str(writes(v4.new_notebook(cells=made, metadata={"kernelspec": kernel})))
