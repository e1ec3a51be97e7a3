"""The rules of the gazetteer, a module for each subject; ``resolver.gazetteer.validate`` names and runs them.

A rule is a function from the facts to its findings, in one pass; its docstring says what must be true. A rule ignores
errors that another rule reports (an invalid date, an unknown id).
"""
