"""A report as one accessible HTML file: template, style and charts, nothing fetched."""
