import type { Definition } from '../../definition/schema.ts';
import { type AskedDisk, askedDisk, ESP_MIB, languageOf } from './layout.ts';

/**
 * The answers for Anaconda (RHEL, AlmaLinux, Rocky Linux, CentOS, Fedora). `cmdline` makes a question that has no
 * answer an error. Source: pykickstart's documentation, RHEL 9 and 10 syntax.
 */
export function kickstart(definition: Definition): string {
  const disk = askedDisk(definition);
  const { locale, timezone, packages, kernel, services } = definition;
  const added = ['cloud-init', 'openssh-server', ...packages.add];
  const removed = packages.remove.map((name) => `-${name}`);
  return [
    'cmdline',
    'cdrom',
    `lang ${languageOf(locale)}`,
    'keyboard us',
    `timezone ${timezone} --utc`,
    'network --bootproto=dhcp --device=link --onboot=on --noipv6',
    'rootpw --lock',
    'selinux --enforcing',
    'firewall --enabled --service=ssh',
    'firstboot --disable',
    ...(services.enable.length > 0 ? [`services --enabled=${services.enable.join(',')}`] : []),
    ...(services.disable.length > 0 ? [`services --disabled=${services.disable.join(',')}`] : []),
    `bootloader --location=mbr --boot-drive=vda --timeout=0 --append="${kernel['command-line'].join(' ')}"`,
    'zerombr',
    'clearpart --all --initlabel --disklabel=gpt --drives=vda',
    ...partitions(disk),
    'poweroff',
    '',
    '%packages --exclude-weakdeps --inst-langs=en',
    '@core',
    ...(kernel.package ? [kernel.package] : []),
    ...added,
    ...removed,
    '%end',
    '',
  ].join('\n');
}

function partitions({ firmware, filesystem }: AskedDisk): readonly string[] {
  return [
    firmware === 'bios'
      ? 'part biosboot --fstype=biosboot --size=1 --ondisk=vda'
      : `part /boot/efi --fstype=efi --size=${ESP_MIB} --ondisk=vda`,
    `part / --fstype=${filesystem} --size=1024 --grow --ondisk=vda`,
  ];
}
