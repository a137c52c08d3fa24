import type { PlacedFile } from '../definition/placed-file.ts';
import type { LoadedDefinition } from '../definition/read.ts';
import { fstab, type Layout } from '../disk/layout.ts';
import { statusReader } from './status-reader.ts';
import { textFile } from './text-file.ts';

export { textFile } from './text-file.ts';

const HOSTS =
  '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n';

/** The configuration that images of all distributions share; the definition's own files come after it. */
export function systemFiles({ definition }: LoadedDefinition, layout: Layout): readonly PlacedFile[] {
  const datasources = definition['cloud-init'].datasources.join(', ');
  const motd = definition['login-message']?.text;
  return [
    textFile('/etc/fstab', fstab(layout)),
    textFile('/etc/hosts', HOSTS),
    textFile(
      '/etc/cloud/cloud.cfg.d/95_image.cfg',
      `# Only these are looked for at boot.\ndatasource_list: [ ${datasources}, None ]\nssh_pwauth: false\n`,
    ),
    textFile(
      '/etc/ssh/sshd_config.d/40-image.conf',
      'PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\n',
    ),
    textFile('/etc/systemd/resolved.conf.d/50-image.conf', '[Resolve]\nLLMNR=no\nMulticastDNS=no\n'),
    ...(motd === undefined ? [] : [textFile('/etc/motd', motd)]),
    ...statusReader(definition),
  ];
}
