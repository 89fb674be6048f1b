"""Plans and practices as PDF: HTML made here, laid out by WeasyPrint in a process of its own."""
