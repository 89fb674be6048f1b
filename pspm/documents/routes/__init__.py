"""Pages of `documents`."""

from pspm.documents.routes import exports, imports, jobs, pdfs
from pspm.documents.routes.blueprint import bp

__all__ = ["bp", "exports", "imports", "jobs", "pdfs"]
