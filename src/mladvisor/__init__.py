"""mladvisor: degree, certificate or courses, for one person, with the reasons and the sources."""

__version__ = "0.1.0"
