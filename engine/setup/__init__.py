"""What happens before anything is installed: the program's own Python environment, and Qt's system libraries.

Standard library only, because it runs on a machine that has nothing else yet. `main.py` uses it.
"""
