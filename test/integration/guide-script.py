"""A script as somebody writes it who has read the usage guide and nothing else. Usage: guide-script.py SERVER"""

import json
import sys
import time
import urllib.request

SERVER = sys.argv[1]


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SERVER + path, data=data, method=method)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200, (path, answer.status)
        return json.load(answer)


client = call(
    "POST",
    "/api/client/register",
    {"hostname": "client-01", "ip_address": "192.168.1.50", "system_info": {"os": "Linux", "cpu_count": 4}},
)
client_id = client["client_id"]

made = call(
    "POST",
    "/api/test/create",
    {
        "name": "Loopback from a script",
        "destination": "127.0.0.1",
        "description": "made by the guide's script",
        "duration": 300,
        "interval": 1,
    },
)
test_id = made["test_id"]

submitted = call(
    "POST",
    "/api/test/results",
    {
        "client_id": client_id,
        "test_id": test_id,
        "timestamp": "2025-01-01T12:00:00",
        "cpu_percent": 25.5,
        "memory_percent": 60.2,
        "ping_latency": 15.3,
        "ping_packet_loss": 0.0,
    },
)
assert submitted["status"] == "success", submitted

# The agents of the server measure the test as well: wait for what they found.
deadline = time.time() + 60
while True:
    data = call("GET", "/api/test/%d/data" % test_id)
    latency = data["metrics"]["ping_latency"]
    others = [key for key in latency if key != str(client_id) and any(p["y"] is not None for p in latency[key])]
    if others or time.time() > deadline:
        break
    time.sleep(1)

stats = call("GET", "/api/dashboard/stats")
print(json.dumps({"client": client, "made": made, "submitted": submitted, "data": data, "stats": stats}))
