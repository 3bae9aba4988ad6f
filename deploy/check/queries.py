"""Prints the queries of a dashboard as recording rules, so that promtool parses them."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    panels = json.load(file)["panels"]
rules = [
    {"record": f"panel_{panel['id']}_{target['refId']}", "expr": target["expr"]}
    for panel in panels
    for target in panel.get("targets", [])
]
json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, sys.stdout)  # JSON is YAML
