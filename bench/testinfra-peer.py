"""Asks a guest each check as testinfra does: usage: testinfra-peer.py <ssh_config> <checks.json>"""

import json
import sys

import testinfra

host = testinfra.get_host("ssh://guest", ssh_config=sys.argv[1], sudo=True)
with open(sys.argv[2], encoding="utf-8") as file:
    checks = json.load(file)
for check in checks:
    host.run(check)
