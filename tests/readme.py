"""README's table of links, made of the lessons' fields: `python -m tests.readme` writes it anew."""

from importlib import import_module
from pathlib import Path

from pages.shared.fields import STEP, Field
from pages.shared.menu import LESSONS, course

README = Path(__file__).resolve().parents[1] / "README.md"
LESSONS_MARK, LINKS_MARK = "lessons", "links"


def lessons() -> str:
    """Every lesson with its path and its sentence."""
    rows = [f"| {lesson.title} | `/{lesson.url_path}` | {lesson.sentence} |" for lesson in course()]
    return "\n".join(["| lesson | path | what it shows |", "|---|---|---|", *rows])


def links() -> str:
    """Every parameter that a link may have, by lesson."""
    rows = [_row("all", STEP)]
    for lesson in LESSONS:
        name = f"`{lesson.url_path}`"
        for field in import_module(f"pages.{lesson.folder}.controls").FIELDS:
            rows.append(_row(name, field))
            name = ""
    return "\n".join(["| page | parameter | meaning | what it may say |", "|---|---|---|---|", *rows])


def _row(page: str, field: Field) -> str:
    return f"| {page} | `{field.name}` | {field.meaning} | {field.values()} |".replace("|  |", "| |")


def written(text: str) -> str:
    """README's text with both tables as they are now."""
    for mark, table in ((LESSONS_MARK, lessons()), (LINKS_MARK, links())):
        begin, end = f"<!-- {mark} -->\n", f"\n<!-- end of {mark} -->"
        before, rest = text.split(begin)
        _, after = rest.split(end)
        text = f"{before}{begin}{table}{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), "utf-8")
