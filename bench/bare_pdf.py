"""WeasyPrint alone on the HTML in a folder: what our PDFs are held against."""

import sys
from pathlib import Path

from weasyprint import HTML

folder = Path(sys.argv[1])
HTML(filename=folder / "document.html").write_pdf(folder / "bare.pdf")
