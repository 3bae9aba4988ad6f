"""Reads a dashboard into the types that Grafana generates from its own schema: what they do not know or would change is an error."""
import json
import sys

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard


def differences(ours, theirs, path="$"):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key, value in ours.items():
            if key in theirs:
                yield from differences(value, theirs[key], f"{path}.{key}")
            else:
                yield f"{path}.{key} is unknown"
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for i, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(one, other, f"{path}[{i}]")
    elif ours != theirs:
        yield f"{path} is {ours!r}, would become {theirs!r}"


register_default_plugins()
with open(sys.argv[1], encoding="utf-8") as file:
    ours = json.load(file)
theirs = json.loads(json.dumps(Dashboard.from_json(ours), cls=JSONEncoder))
found = list(differences(ours, theirs))
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found else 0)
