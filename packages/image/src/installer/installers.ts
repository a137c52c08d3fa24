import { UserError } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';
import { agama } from './answers/agama.ts';
import { autoinstall } from './answers/autoinstall.ts';
import { autoyast } from './answers/autoyast.ts';
import { kickstart } from './answers/kickstart.ts';
import { preseed } from './answers/preseed.ts';
import { escapedLabel, type Installer } from './installer.ts';

/**
 * debian-installer. Paths and parameters: Debian GNU/Linux Installation Guide, appendix B; the words are those of its
 * text frontend (cdebconf).
 */
const DEBIAN: Installer = {
  name: 'debian-installer',
  kernel: ['install.amd/vmlinuz', 'install.a64/vmlinuz'],
  initrd: ['install.amd/initrd.gz', 'install.a64/initrd.gz'],
  parameters: () => ['auto=true', 'priority=critical', 'DEBIAN_FRONTEND=text', 'file=/preseed.cfg'],
  answers: (definition) => ({ name: 'preseed.cfg', text: preseed(definition) }),
  delivery: { kind: 'initrd' },
  phases: [
    { name: 'detecting hardware', sign: /Detect(ing)? (hardware|and mount)|Loading additional components/i },
    { name: 'partitioning', sign: /Starting up the partitioner|Partitions? formatting|Partition disks/i },
    { name: 'installing the base system', sign: /Installing the base system/i },
    { name: 'installing software', sign: /Configuring apt|Select and install software|Retrieving file/i },
    { name: 'installing the boot loader', sign: /Installing GRUB boot loader|Installing the GRUB/i },
    { name: 'finishing', sign: /Finishing the installation/i },
  ],
  question: /^Prompt: '.' for help/,
  failure: /^(!! ERROR: |\[!!\] .*failed|.*installation step failed)/i,
};

/** Subiquity. Source: Ubuntu's autoinstall reference; the words are those that it prints to the console. */
const UBUNTU: Installer = {
  name: 'Subiquity',
  kernel: ['casper/vmlinuz'],
  initrd: ['casper/initrd'],
  parameters: () => ['autoinstall', 'ds=nocloud'],
  answers: (definition) => ({ name: 'user-data', text: autoinstall(definition) }),
  delivery: { kind: 'volume', label: 'CIDATA' },
  phases: [
    { name: 'starting', sign: /subiquity\/Early|subiquity\/load_autoinstall_config|cloud-init.*running/i },
    {
      name: 'partitioning',
      sign: /curtin command (block-meta|partitioning)|executing curtin install partitioning/i,
    },
    { name: 'installing the base system', sign: /curtin command extract|executing curtin install extract/i },
    {
      name: 'installing software',
      sign: /installing (kernel|openssh)|curtin command (curthooks|install_kernel)/i,
    },
    {
      name: 'installing the boot loader',
      sign: /installing grub|curtin command install_grub|curthooks.*grub/i,
    },
    { name: 'finishing', sign: /final system configuration|subiquity\/(Late|Shutdown)/i },
  ],
  question: /Continue with autoinstall\? \(yes\|no\)/,
  failure: /An error occurred\. Press enter to start a shell|subiquity.*\bfail(ed|ure)\b.*install/i,
};

/** Anaconda. Source: its boot options and the messages of its text interface. */
const ANACONDA: Installer = {
  name: 'Anaconda',
  kernel: ['images/pxeboot/vmlinuz'],
  initrd: ['images/pxeboot/initrd.img'],
  parameters: (volumeId) => [
    `inst.stage2=hd:LABEL=${escapedLabel(volumeId)}`,
    'inst.ks=hd:LABEL=OEMDRV:/ks.cfg',
    'inst.cmdline',
    'inst.notmux',
  ],
  answers: (definition) => ({ name: 'ks.cfg', text: kickstart(definition) }),
  delivery: { kind: 'volume', label: 'OEMDRV' },
  phases: [
    { name: 'starting', sign: /Starting installer, one moment|anaconda .* started/i },
    { name: 'partitioning', sign: /Creating (disklabel|\w+ on)|Configuring storage/i },
    {
      name: 'installing the base system',
      sign: /Starting package installation process|Installing \S+.* \(\d+\/\d+\)/i,
    },
    { name: 'installing the boot loader', sign: /Installing boot loader/i },
    {
      name: 'finishing',
      sign: /Performing post-installation setup tasks|Generating initramfs|Configuring installed system/i,
    },
  ],
  question: /Please (make a selection|respond)|\[b\] to begin|Press \[?ENTER/i,
  failure:
    /The installation was stopped due to|An unknown error has occurred|Pane is dead|kickstart.*(error|failed)/i,
};

/** AutoYaST with linuxrc. Source: SUSE's AutoYaST guide; linuxrc's messages. */
const AUTOYAST: Installer = {
  name: 'AutoYaST',
  kernel: ['boot/x86_64/loader/linux', 'boot/aarch64/linux'],
  initrd: ['boot/x86_64/loader/initrd', 'boot/aarch64/initrd'],
  parameters: () => ['install=cd:/', 'autoyast=label://OEMDRV/autoinst.xml', 'textmode=1', 'self_update=0'],
  answers: (definition) => ({ name: 'autoinst.xml', text: autoyast(definition) }),
  delivery: { kind: 'volume', label: 'OEMDRV' },
  phases: [
    { name: 'starting', sign: /Loading Installation System|Starting YaST|starting setup/i },
    { name: 'partitioning', sign: /Preparing disks|Formatting partition|Creating .*partition/i },
    { name: 'installing the base system', sign: /Installing Packages|Installing \S+-\d/i },
    { name: 'installing the boot loader', sign: /Saving bootloader|Install boot manager/i },
    {
      name: 'finishing',
      sign: /Finishing Basic Installation|Preparing (for )?(initial )?(re)?boot|Copy files to installed/i,
    },
  ],
  question: /\[\s*(Yes|Retry|OK)\s*\].*\[\s*(No|Abort|Cancel)\s*\]|Make sure that .* (CD|DVD|medium)/i,
  failure:
    /Error while parsing the control file|An error occurred during the installation|Installation failed/i,
};

/** Agama. Source: its documentation of unattended installation. */
const AGAMA: Installer = {
  name: 'Agama',
  kernel: ['boot/x86_64/loader/linux', 'boot/aarch64/loader/linux'],
  initrd: ['boot/x86_64/loader/initrd', 'boot/aarch64/loader/initrd'],
  parameters: (volumeId) => [
    `root=live:CDLABEL=${escapedLabel(volumeId)}`,
    'inst.auto=label://OEMDRV/agama.json',
    'inst.finish=poweroff',
    'systemd.show_status=yes',
  ],
  answers: (definition) => ({ name: 'agama.json', text: agama(definition) }),
  delivery: { kind: 'volume', label: 'OEMDRV' },
  phases: [
    { name: 'starting', sign: /agama.*(Starting|started)|Started .*Agama/i },
    { name: 'partitioning', sign: /Preparing disks|Partitioning/i },
    { name: 'installing the base system', sign: /Installing (software|packages)/i },
    {
      name: 'finishing',
      sign: /Configuring the system|Installation (complete|finished)|Writing boot ?loader/i,
    },
  ],
  question: /There are pending questions|answer the question/i,
  failure: /Installation failed|agama.*\bfailed\b/i,
};

/** The installer of a definition's distribution and release. */
export function installerOf({
  distribution,
  release,
}: Pick<Definition, 'distribution' | 'release'>): Installer {
  switch (distribution) {
    case 'debian':
      return DEBIAN;
    case 'ubuntu':
      return UBUNTU;
    case 'rhel':
    case 'almalinux':
    case 'rocky':
      return ANACONDA;
    case 'sles':
    case 'opensuse-leap':
      return Number.parseInt(release, 10) >= 16 ? AGAMA : AUTOYAST;
    default:
      throw new UserError(`No installer of ${distribution} is known`, {
        code: 'not-implemented',
        fix: 'Build with another `source`.',
      });
  }
}
