import type { PlacedFile } from '../definition/placed-file.ts';
import type { Definition } from '../definition/schema.ts';
import { textFile } from './text-file.ts';

export const STATUS_TIMER = 'image-status.timer';

/**
 * Reads what the catalog says of an image (`status/<image>.json`) and writes it to its standard output, a file that
 * logins show. What comes from the network is taken for hostile: little is read, in limited time, and only ASCII that a
 * terminal prints goes on. When nothing can be read, what the file says already stays.
 *
 * Python, because every image with cloud-init has it.
 */
export const STATUS_READER = `#!/usr/bin/python3 -I
"""image-status URL IMAGE VERSION: what the catalog at URL says of this image, for the login message."""
import json
import os
import signal
import sys
import urllib.request

SECONDS = 30
LARGEST = 2 * 1024 * 1024
LONGEST = 300


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def fetch(url):
    opener = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers={"User-Agent": "image-status", "Accept": "application/json"})
    with opener.open(request, timeout=10) as answer:
        data = answer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("the status is too large")
    return data


def message(data, image, version):
    status = json.loads(data.decode("utf-8"))
    if status["image"] != image:
        raise ValueError("the status is of another image")
    told = status["versions"][version]["message"]
    if not isinstance(told, str):
        raise ValueError("the message is no text")
    plain = "".join(c if " " <= c <= "~" else "?" for c in told[:LONGEST])
    return f"{image} {version}: {plain}\\n" if plain else ""


def main():
    # Ends the program, whatever it waits for.
    signal.alarm(SECONDS)
    url, image, version = sys.argv[1:]
    try:
        text = message(fetch(f"{url}/status/{image}.json"), image, version)
    except Exception as error:
        print(f"no status of {image} {version}: {type(error).__name__}", file=sys.stderr)
        return
    os.ftruncate(1, 0)
    os.pwrite(1, text.encode("ascii"), 0)


main()
`;

const unit = (url: string, image: string, version: string): string => `[Unit]
Description=What the catalog says of this image, for the login message
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/libexec/image-status ${url} ${image} ${version}
# Opened by systemd: the program itself may write nothing else. pam_motd shows what is in it; nothing runs at a login.
StandardOutput=file:/run/motd.d/50-image-status
StandardError=journal
# The program ends itself; either way no unit has failed that anybody must look after.
SuccessExitStatus=SIGALRM
TimeoutStartSec=60
UMask=0022
DynamicUser=yes
CapabilityBoundingSet=
IPAddressDeny=link-local multicast
LimitFSIZE=4096
LockPersonality=yes
MemoryDenyWriteExecute=yes
MemoryMax=128M
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
TasksMax=8
`;

const TIMER = `[Unit]
Description=Looks at what the catalog says of this image

[Timer]
OnBootSec=2min
OnUnitActiveSec=6h
# Not all instances at once.
RandomizedDelaySec=1h

[Install]
WantedBy=timers.target
`;

/** The files that let logins show what the catalog says of the image; none when the definition names no catalog. */
export function statusReader(definition: Definition): readonly PlacedFile[] {
  const url = definition['login-message']?.['status-url'];
  if (url === undefined) {
    return [];
  }
  const { name, version } = definition;
  return [
    textFile('/usr/libexec/image-status', STATUS_READER, '0755'),
    textFile('/usr/lib/systemd/system/image-status.service', unit(url.replace(/\/$/, ''), name, version)),
    textFile(`/usr/lib/systemd/system/${STATUS_TIMER}`, TIMER),
    textFile('/usr/lib/tmpfiles.d/image-status.conf', 'd /run/motd.d 0755 root root -\n'),
  ];
}
