"""Buys an order at a fresh demo and writes one configuration for each round of schemathesis.

The rounds differ in the key that they show. Ids in paths are those of things that exist; without them
nearly every answer would be a 404, and nothing would be learned.
"""

import json
import pathlib
import sys
import urllib.request

work = pathlib.Path(sys.argv[1])
demo = json.loads((work / "data" / "demo.json").read_text())
(work / "url").write_text(demo["url"])


def call(method, path, key=None, body=None):
    headers = {"content-type": "application/json"}
    if key:
        headers["authorization"] = f"Bearer {key}"
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(demo["url"] + "/api/tickets" + path, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


free = next(event for event in demo["events"] if event["title"].startswith("Community tea"))
spare = next(event for event in demo["events"] if event["title"].startswith("Volunteers"))
buyer = {"email": "generated@buyers.example", "name": "Generated Buyer"}
items = [{"tier_id": free["tiers"][0]["id"], "qty": 1}]
order = call("POST", "/checkout/session", None, {"event_id": free["id"], "items": items, "buyer": buyer})
shown = call("GET", f"/orders/{order['order_id']}", order["order_token"])


def tier_named(name):
    body = {"name": name, "price_cents": 1000, "capacity": 10}
    return call("POST", f"/events/{spare['id']}/tiers", demo["organizer_token"], body)["id"]


# Who calls, with what key, and which addresses: those that open to them and to few others.
rounds = {
    "stranger": (None, "."),
    "organizer": (demo["organizer_token"], "."),
    "admin": (demo["admin_token"], "."),
    "buyer": (order["order_token"], "/api/tickets/(orders|tickets)/"),
    # Not the feed: it goes on for minutes.
    "door": (spare["scanner_key"], "/tickets/tickets/validate|/check-in(/(snapshot|changes|scans|undo|admit|people|conflicts))?$"),
    "operator": (sys.argv[2], "/metrics"),
}

for name, (key, paths) in rounds.items():
    # Each round has tiers of its own: one to be deleted, one to be changed.
    made = [tier_named(f"{name} {word}") for word in ("spare", "kept")]
    # The methods and the beginning of the path say what an id is of.
    ids = [
        ("", "events", spare["id"]),
        ("DELETE", "tiers", made[0]),
        ("PATCH", "tiers", made[1]),
        ("", "orders", order["order_id"]),
        ("", "tickets", shown["tickets"][0]["id"]),
    ]
    lines = ["[phases.stateful]", "enabled = false", ""]
    if key:
        lines += ["[headers]", f'Authorization = "Bearer {key}"', ""]
    for method, kind, value in ids:
        lines += ["[[operations]]", f'include-path-regex = "/{kind}/[{{]id[}}]"']
        lines += [f'include-method = "{method}"'] if method else []
        lines += [f'parameters = {{ "path.id" = "{value}" }}', ""]
    (work / f"{name}.toml").write_text("\n".join(lines))
    (work / f"{name}.paths").write_text(paths)
