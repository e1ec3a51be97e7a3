"""A service on this machine over the library's calls: for OpenRefine, for programs, and for people with a browser.

Requests come in over HTTP, answers go out as JSON and as pages; nothing else leaves the machine. Read ``app`` first:
it lists the routes and what stands before them. ``reconciliation`` and ``extension`` speak the W3C Community Group's
Reconciliation Service API 0.2, ``api`` has the JSON calls, ``pages`` what a browser sees, ``guard`` who may ask and how
much. Needs the extra ``serve``.
"""

__all__ = ["app", "settings"]
