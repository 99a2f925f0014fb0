"""Setup before any package is installed: the program's own Python environment and Qt's system libraries.

Standard library only, because it runs on a fresh machine. Used by `main.py`.
"""
