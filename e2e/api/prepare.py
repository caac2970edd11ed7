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

# The first segment after /api/tickets says what an id is of.
ids = {
    "events": spare["id"],
    "tiers": spare["tiers"][0]["id"],
    "orders": order["order_id"],
    "tickets": shown["tickets"][0]["id"],
}
keys = {"stranger": None, "organizer": demo["organizer_token"], "admin": demo["admin_token"]}

for name, key in keys.items():
    lines = ["[phases.stateful]", "enabled = false", ""]
    if key:
        lines += ["[headers]", f'Authorization = "Bearer {key}"', ""]
    for kind, value in ids.items():
        lines += ["[[operations]]", f'include-path-regex = "/{kind}/[{{]id[}}]"', f'parameters = {{ "path.id" = "{value}" }}', ""]
    (work / f"{name}.toml").write_text("\n".join(lines))
