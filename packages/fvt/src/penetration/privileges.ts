import type { Probe } from '../probes.ts';

/** Folders in which nobody but root has any business to write. */
const ROOTS =
  '/etc /usr /boot /opt /root /lib /sbin /bin /var/spool/cron /var/spool/anacron /var/lib/systemd /var/lib/dpkg /var/lib/rpm';

/** File capabilities as the kernel keeps them; their names do not matter: any is reported, net_raw (bit 13) alone is not. */
const CAPABILITIES = [
  'import os,struct,sys',
  'for f in sys.stdin.buffer.read().split(b"\\0"):',
  ' if not f: continue',
  ' try: x=os.getxattr(f,"security.capability")',
  ' except OSError: continue',
  ' p=struct.unpack("<I",x[4:8])[0]|(struct.unpack("<I",x[12:16])[0]<<32 if len(x)>=20 else 0)',
  ' print(f.decode("utf8","replace"),"cap_net_raw" if p==1<<13 else hex(p))',
].join('\n');

/**
 * What an ordinary user of the instance can reach.
 *
 * @param user an ordinary user of the seed; a plain name
 * @param canary a word that stands in the seed only
 */
export function privilegeProbes(user: string, canary: string): readonly Probe[] {
  const as = (command: string): string => `runuser -u ${user} -- ${command}`;
  return [
    { id: 'pen-sudo', seconds: 15, script: `${as('sudo -n -l')} 2>&1; id -Gn ${user}` },
    {
      id: 'pen-writable',
      seconds: 90,
      script: `${as(`find ${ROOTS} -xdev -writable ! -type l`)} 2>/dev/null | head -n 50; true`,
    },
    {
      id: 'pen-readable',
      seconds: 30,
      script: [
        `for f in /etc/shadow /etc/gshadow /etc/shadow- /etc/sudoers /etc/ssh/ssh_host_*_key /var/lib/cloud/instance/user-data.txt /run/cloud-init/instance-data-sensitive.json /var/log/cloud-init-output.log; do if [ -e "$f" ] && ${as('test -r "$f"')}; then echo "$f"; fi; done`,
        `for h in /root /home/*; do [ "$h" = /home/${user} ] || for f in "$h"/.ssh/* "$h"/.*history; do if [ -e "$f" ] && ${as('test -r "$f"')}; then echo "$f"; fi; done; done; true`,
      ].join('; '),
    },
    {
      id: 'pen-capabilities',
      seconds: 60,
      // A minimal image has neither tool, but cloud-init's python3; with none of them nothing was looked at.
      script: [
        'if command -v getcap >/dev/null; then getcap -r /usr /opt /home 2>/dev/null; true',
        `elif command -v python3 >/dev/null; then find /usr /opt /home -xdev -type f -perm /111 -print0 | python3 -c '${CAPABILITIES}'`,
        'else echo "neither getcap nor python3" >&2; exit 3; fi',
      ].join('; '),
    },
    {
      id: 'pen-packages',
      seconds: 240,
      lane: 'slow',
      script:
        // What a minimal image left out would fill the answer: documents and manuals are nobody's program.
        'if command -v dpkg >/dev/null; then dpkg --verify >"$d/verify"; r=$?; grep -vE "^missing +(c )?/usr/share/" "$d/verify"; [ $r -le 1 ] || exit 3; elif command -v rpm >/dev/null; then rpm -Va --nomtime; else echo "no known package manager" >&2; exit 3; fi',
    },
    {
      id: 'pen-installed',
      seconds: 30,
      script:
        // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
        'if command -v dpkg-query >/dev/null; then (. /etc/os-release; echo "release $VERSION_CODENAME"); dpkg-query -W -f "\\${db:Status-Abbrev}\\t\\${Package}\\t\\${Version}\\t\\${source:Package}\\t\\${source:Version}\\n" | sed -n "s/^ii *\\t//p"; else echo "not a Debian system" >&2; exit 3; fi',
    },
    {
      // Without it agetty asks for a name and gives up: Debian 13 can do without.
      id: 'pen-login',
      seconds: 5,
      script: 'command -v login || echo none',
    },
    {
      id: 'pen-canary',
      seconds: 60,
      script: `${as(`grep -rlsF -e ${canary} /var/lib/cloud /run /var/log /etc /tmp /home`)}; grep -sF -c -e ${canary} /var/lib/cloud/instance/user-data.txt; true`,
    },
  ];
}
