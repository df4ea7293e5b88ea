"""Pictures of pages to a PDF with a text layer, by ocrmypdf or tesseract where one is installed.

Runs as a process of its own under a time limit: python -m pipeline.extract.ocr IN.pdf OUT.pdf
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_LANGUAGES = ("eng", "chi_sim", "chi_tra")
_DOTS_PER_INCH = 300
_SECONDS_A_PAGE = 30.0


def find_program() -> str:
    """The OCR program there is, "" where there is none."""
    return next((name for name in ("ocrmypdf", "tesseract") if shutil.which(name)), "")


def add_text_layer(data: bytes, *, pages: int, seconds: float) -> bytes | None:
    """The PDF with the text that OCR found; None where there is no program, or it failed or took too long.

    ``seconds``: limit of the whole, half a minute a page added.
    """
    if not find_program():
        return None
    with tempfile.TemporaryDirectory(prefix="parley-ocr-") as folder:
        source, target = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        source.write_bytes(data)
        command = [sys.executable, "-m", "pipeline.extract.ocr", str(source), str(target)]
        try:
            subprocess.run(command, timeout=seconds + _SECONDS_A_PAGE * pages, capture_output=True, check=True)
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None


def _recognise(source: Path, target: Path) -> None:
    program = find_program()
    languages = "+".join(_find_languages()) or "eng"
    if program == "ocrmypdf":
        subprocess.run([program, "--skip-text", "-l", languages, str(source), str(target)], check=True)
        return
    pictures = _draw_pages(source)
    listed = source.with_name("pages.txt")
    listed.write_text("\n".join(map(str, pictures)), "utf-8")
    subprocess.run([program, str(listed), str(target.with_suffix("")), "-l", languages, "pdf"], check=True)


def _find_languages() -> list[str]:
    """Those of English and Chinese that tesseract, which ocrmypdf rests on too, has data for."""
    if not shutil.which("tesseract"):
        return []
    answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    there = answer.stdout.split()
    return [language for language in _LANGUAGES if language in there]


def _draw_pages(source: Path) -> list[Path]:
    import pypdfium2

    paths = []
    document = pypdfium2.PdfDocument(source)
    for number in range(len(document)):
        paths.append(source.with_name(f"page-{number}.png"))
        document[number].render(scale=_DOTS_PER_INCH / 72).to_pil().save(paths[-1])
    document.close()
    return paths


if __name__ == "__main__":
    _recognise(Path(sys.argv[1]), Path(sys.argv[2]))
