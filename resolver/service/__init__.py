"""A service on this machine over the library's calls: for OpenRefine, for programs, and for people with a browser.

Requests come in over HTTP, answers go out as JSON and as pages; nothing else leaves the machine. Read ``app`` first:
it lists the routes and the checks before them. ``reconciliation`` and ``openrefine`` implement the W3C Community
Group's Reconciliation Service API 0.2, ``api`` has the JSON calls, ``pages`` the pages for a browser, ``guard`` the
checks of requests. Needs the extra ``serve``.
"""

__all__ = ["app", "settings"]
