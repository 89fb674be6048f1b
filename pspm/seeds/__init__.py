"""Sample data that the product ships."""
