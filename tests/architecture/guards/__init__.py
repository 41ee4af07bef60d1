"""The guards: each is a function over a tree or a registry, so that a test can run it on a bad example too."""
