#!/usr/bin/env bash
# Guess: a client of the Reconciliation Service API sends a query for each row of a column, with that row's properties.
# Package: reconciler 0.2.2 (with pandas 2.3.3 and numpy 1.26.4; its own bounds allow newer ones, with which it fails).
# Behaviour: it sends one query for each distinct text. If a name stands in two rows, the values that these rows have for
#   a property are put into one text, a line each, padded as a printed column: the Châu Thành of Kiên Giang and the one of
#   Tiền Giang become one query about a place in "Kiên Giang(newline)Tiền Giang". The result has one row for both, so that
#   a column with a parent or a date beside each name cannot tell namesakes apart, and has fewer rows than were sent.
# Output seen: 2 rows sent, 1 query, within 'Kiên Giang\nTiền Giang'; 1 row back
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check reconciler==0.2.2 pandas==2.3.3 numpy==1.26.4
"$folder/venv/bin/python" - 2>"$folder/progress" <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pandas as pd
from reconciler import reconcile

asked = []


class Service(BaseHTTPRequestHandler):
    """Answers each query with one place, and keeps the queries."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(parse_qs(body)["queries"][0])
        asked.extend(queries.values())
        place = {"id": "1", "name": "one", "score": 50, "match": False, "type": [{"id": "place", "name": "Place"}]}
        answer = json.dumps({key: {"result": [place]} for key in queries}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
table = pd.DataFrame({"name": ["Châu Thành", "Châu Thành"], "province": ["Kiên Giang", "Tiền Giang"]})
found = reconcile(
    table["name"],
    property_mapping={"within": table["province"]},
    reconciliation_endpoint=f"http://127.0.0.1:{server.server_port}/reconcile",
)
within = [one["v"] for query in asked for one in query["properties"]]
print(f"{len(table)} rows sent, {len(asked)} query, within {within[0]!r}; {len(found)} row back")
assert (len(asked), within, len(found)) == (1, ["Kiên Giang\nTiền Giang"], 1), "changed"
PYTHON
