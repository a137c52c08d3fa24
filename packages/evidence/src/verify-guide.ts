import path from 'node:path';
import type { Chain } from './chain.ts';
import { minisignKeyId } from './minisign.ts';
import type { SignRequest, SignResult } from './sign-types.ts';
import { signatureFiles } from './signature-files.ts';

type Files = Pick<SignResult, 'checksums' | 'signatures' | 'bundles'>;

interface Section {
  readonly tool: string;
  readonly proves: string;
  readonly commands: readonly string[];
}

/** The commands that a stranger runs inside the image folder, one tool a section. */
function sections(request: SignRequest, files: Files, chain: Chain): readonly Section[] {
  const has = (name: string): boolean =>
    [...files.checksums, ...files.signatures, ...files.bundles].includes(`signatures/${name}`);
  const at = (name: string): string => quote(`signatures/${name}`);
  const disk = quote(request.disk);
  const key = at(signatureFiles.publicKey);
  const sections: Section[] = [
    {
      tool: 'sha256sum',
      proves: 'every file is the one that the lists name (and nothing about who made the lists)',
      commands: [`sha256sum --check ${at('SHA256SUMS')}`, `sha512sum --check ${at('SHA512SUMS')}`],
    },
  ];
  if (request.openpgp) {
    const detached = at(signatureFiles.openpgpDetached('SHA256SUMS'));
    const openpgpKey = at(signatureFiles.openpgpKey);
    sections.push(
      {
        tool: 'gpg',
        proves: `the lists are signed by the OpenPGP key ${request.openpgp.fingerprint}`,
        commands: [
          `gpg --import ${openpgpKey}`,
          `gpg --verify ${detached} ${at('SHA256SUMS')}`,
          `gpg --verify ${at(signatureFiles.openpgpClear('SHA256SUMS'))}`,
        ],
      },
      {
        tool: 'sqv',
        proves: 'the same, with Sequoia',
        commands: [`sqv --keyring ${openpgpKey} ${detached} ${at('SHA256SUMS')}`],
      },
    );
  }
  if (request.minisign) {
    sections.push({
      tool: 'minisign',
      proves: `${request.disk} is signed by the minisign key ${minisignKeyId(request.minisign.publicKey)}`,
      commands: [
        `minisign -V -p ${at(signatureFiles.minisignKey)} -x ${at(signatureFiles.minisign(request.disk))} -m ${disk}`,
      ],
    });
  }
  if (request.glance && request.signer) {
    const raw = quote(`${request.disk}.glance.sig`);
    const file = at(signatureFiles.glance(request.disk));
    const pss =
      request.signer.publicKey.kind === 'rsa'
        ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max'
        : '';
    sections.push({
      tool: 'openssl, for OpenStack Glance',
      proves: `the image properties in ${signatureFiles.glance(request.disk)} are signed by the same key; add img_signature_certificate_uuid when you upload`,
      commands: [
        `sed -n 's/.*"img_signature": "\\(.*\\)".*/\\1/p' ${file} | base64 -d > /tmp/${raw}`,
        `openssl dgst -sha256${pss} -verify ${key} -signature /tmp/${raw} ${disk}`,
      ],
    });
  }
  const hasDisk = has(signatureFiles.openssl(request.disk));
  const signed = hasDisk ? request.disk : 'SHA256SUMS';
  const file = hasDisk ? disk : at('SHA256SUMS');
  if (request.signer) {
    const ed25519 = request.signer.publicKey.kind === 'ed25519';
    const signature = at(signatureFiles.openssl(signed));
    sections.push({
      tool: 'openssl',
      proves: `${signed} is signed by the key sha256:${request.signer.publicKey.fingerprint}`,
      commands: [
        ed25519
          ? `openssl pkeyutl -verify -pubin -inkey ${key} -rawin -in ${file} -sigfile ${signature}`
          : `openssl dgst -sha256 -verify ${key} -signature ${signature} ${file}`,
      ],
    });
    const options = `--key ${key} --new-bundle-format --insecure-ignore-tlog=true --trusted-root ${at(signatureFiles.noTrustedRoot)}`;
    sections.push({
      tool: 'cosign',
      proves: `${signed} and every statement about it are signed by the same key`,
      commands: [
        `cosign verify-blob ${options} --bundle ${at(signatureFiles.sigstore(signed))} ${file}`,
        ...statementCommands(request, chain, options),
      ],
    });
  }
  return sections;
}

/** cosign wants the file that a statement is about: of the image folder, that is the disk as it is now. */
function statementCommands(request: SignRequest, chain: Chain, options: string): readonly string[] {
  const head = chain.links.at(-1);
  const names = [...(head?.producedBy ?? []), ...(head?.about ?? [])].sort();
  return names.map((name) => {
    const bundle = quote(`signatures/${signatureFiles.statement(name)}`);
    return `cosign verify-blob-attestation ${options} --bundle ${bundle} ${quote(request.disk)}`;
  });
}

/** All commands, in order. */
export function verifyCommands(request: SignRequest, files: Files, chain: Chain): readonly string[] {
  return sections(request, files, chain).flatMap((section) => section.commands);
}

/** `VERIFY.md`. */
export function verifyGuide(request: SignRequest, result: SignResult): string {
  const lines = [
    `# Verify ${request.title}`,
    '',
    `\`${request.disk}\` is \`sha256:${result.sha256}\`.`,
    '',
    'Run the commands in the folder that holds this file; any one of the tools is enough. The keys that lie in',
    '`signatures/keys` are there for convenience: a key that comes with the image proves nothing. Compare its',
    "fingerprint with the one that the image's maintainers publish elsewhere.",
    '',
  ];
  for (const section of sections(request, result, result.chain)) {
    lines.push(
      `## ${section.tool}`,
      '',
      `Proves: ${section.proves}.`,
      '',
      '```sh',
      ...section.commands,
      '```',
      '',
    );
  }
  lines.push('## Where the image comes from', '');
  if (request.signer) {
    lines.push(
      'Statements about the medium or an earlier state of the disk are signed too: cosign checks them with that file in',
      'place of the disk; the action `sign-image` with `mode: verify` checks all of them and the chain they make.',
      '',
    );
  }
  for (const link of result.chain.links) {
    const made =
      link.producedBy.length > 0 ? `made as ${link.producedBy.join(', ')} says` : 'the first that is known';
    const about = link.about.length > 0 ? `; more about it in ${link.about.join(', ')}` : '';
    lines.push(
      `- \`${path.basename(link.artifact.name)}\` \`sha256:${link.artifact.digest.sha256}\`: ${made}${about}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[A-Za-z0-9._/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
