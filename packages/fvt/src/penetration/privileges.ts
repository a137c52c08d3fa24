import type { Probe } from '../probes.ts';

/** Folders in which nobody but root has any business to write. */
const ROOTS =
  '/etc /usr /boot /opt /root /lib /sbin /bin /var/spool/cron /var/spool/anacron /var/lib/systemd /var/lib/dpkg /var/lib/rpm';

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
      script:
        'if command -v getcap >/dev/null; then getcap -r /usr /opt /home 2>/dev/null; else find /usr /opt /home -xdev -type f -perm /111 -exec sh -c \'for f; do getfattr -n security.capability "$f" >/dev/null 2>&1 && echo "$f"; done\' x {} + 2>/dev/null; fi; true',
    },
    {
      id: 'pen-packages',
      seconds: 240,
      lane: 'slow',
      script:
        'if command -v dpkg >/dev/null; then dpkg --verify; elif command -v rpm >/dev/null; then rpm -Va --nomtime; else echo "no known package manager" >&2; exit 3; fi',
    },
    {
      id: 'pen-installed',
      seconds: 30,
      script:
        // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
        'if command -v dpkg-query >/dev/null; then (. /etc/os-release; echo "release $VERSION_CODENAME"); dpkg-query -W -f "\\${db:Status-Abbrev}\\t\\${Package}\\t\\${Version}\\t\\${source:Package}\\t\\${source:Version}\\n" | sed -n "s/^ii *\\t//p"; else echo "not a Debian system" >&2; exit 3; fi',
    },
    {
      id: 'pen-canary',
      seconds: 60,
      script: `${as(`grep -rlsF -e ${canary} /var/lib/cloud /run /var/log /etc /tmp /home`)}; grep -sF -c -e ${canary} /var/lib/cloud/instance/user-data.txt; true`,
    },
  ];
}
