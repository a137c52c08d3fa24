import { quote } from '../export/commands.ts';
import type { VersionRecord } from '../state/record.ts';
import { imageFolder } from '../streams/streams.ts';

export interface CommandBlock {
  readonly title: string;
  readonly commands: readonly string[];
}

/**
 * The commands with which anyone gets and verifies a version, with the signatures that came with it.
 *
 * @param base address of the catalog, with a slash at its end; a relative one is left to the reader
 */
export function verifyCommands(record: VersionRecord, base: string): readonly CommandBlock[] {
  const { disk } = record;
  const has = (name: string): boolean => record.attachments.some((file) => file.name === name);
  const file = quote(disk.file);
  const from = /^https?:/.test(base) ? `${base}${imageFolder(record)}` : undefined;
  const wanted = [
    'signatures/SHA256SUMS',
    'signatures/SHA256SUMS.gpg',
    `signatures/${disk.file}.sigstore.json`,
    `signatures/${disk.file}.sig`,
  ].filter(has);
  const get = from
    ? [
        {
          title: 'Get it',
          commands: [disk.file, ...wanted].map(
            (name) =>
              `curl --fail --location --create-dirs --output ${quote(name)} ${quote(`${from}/${name}`)}`,
          ),
        },
      ]
    : [];
  const bundle = `signatures/${disk.file}.sigstore.json`;
  const signature = `signatures/${disk.file}.sig`;
  return [
    ...get,
    {
      title: 'The bytes are these (sha256sum)',
      commands: [`echo '${disk.sha256}  ${disk.file}' | sha256sum --check`],
    },
    ...(has('signatures/SHA256SUMS') && has('signatures/SHA256SUMS.gpg')
      ? [
          {
            title: 'Who signed the list (GnuPG)',
            commands: [
              'gpg --verify signatures/SHA256SUMS.gpg signatures/SHA256SUMS',
              `sha256sum --check --ignore-missing signatures/SHA256SUMS`,
            ],
          },
        ]
      : []),
    ...(has(bundle)
      ? [
          {
            title: 'Who signed the disk (cosign)',
            commands: [
              `cosign verify-blob --key maintainers.pem --new-bundle-format --insecure-ignore-tlog=true --bundle ${quote(bundle)} ${file}`,
            ],
          },
        ]
      : []),
    ...(has(signature)
      ? [
          {
            title: 'Who signed the disk (OpenSSL)',
            commands: [`openssl dgst -sha256 -verify maintainers.pem -signature ${quote(signature)} ${file}`],
          },
        ]
      : []),
  ];
}
