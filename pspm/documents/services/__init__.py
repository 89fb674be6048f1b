"""Changes in `documents`: PDFs are asked for, files are imported."""
