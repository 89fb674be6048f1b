"""PSPM, the Participatory Strategic Planning Module."""

__version__ = "0.1.0"
