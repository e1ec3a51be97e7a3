"""The rules of the gazetteer, a module for each subject; ``resolver.gazetteer.validate`` names and runs them.

A rule is a function from the facts to its findings, in one pass; its docstring says what must hold. What another
rule already reports (a broken date, an id that is nowhere) a rule passes over.
"""
