import type { Chain, NamedStatement } from './chain.ts';
import { minisignKeyId } from './minisign.ts';
import type { SignRequest, SignResult } from './sign-types.ts';
import { signatureFiles } from './signature-files.ts';

/** What was written, as far as the commands depend on it. */
export type SignedFiles = Pick<SignResult, 'signatures' | 'bundles' | 'identity' | 'chain'> & {
  readonly statements: readonly NamedStatement[];
};

/** How one tool verifies the image. */
export interface Section {
  readonly tool: string;
  /** Completes "Proves: …". */
  readonly proves: string;
  readonly commands: readonly string[];
  /** What else to know, in Markdown. */
  readonly note?: string;
}

/** The issuer of the tokens of GitHub's jobs: `gh` knows it. */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const at = (name: string): string => quote(`signatures/${name}`);

/** The commands that a stranger runs inside the image folder, one tool a section. */
export function verifySections(request: SignRequest, files: SignedFiles): readonly Section[] {
  return [
    checksums(),
    ...openpgp(request),
    ...minisign(request),
    ...openssl(request, files),
    ...glance(request),
    ...cosign(request, files),
    ...gh(request, files),
  ];
}

/** All commands, in order. */
export function verifyCommands(request: SignRequest, files: SignedFiles): readonly string[] {
  return verifySections(request, files).flatMap((section) => section.commands);
}

function checksums(): Section {
  return {
    tool: 'sha256sum',
    proves: 'every file is the one that the lists name (and nothing about who made the lists)',
    commands: [`sha256sum --check ${at('SHA256SUMS')}`, `sha512sum --check ${at('SHA512SUMS')}`],
  };
}

function openpgp({ openpgp: key }: SignRequest): readonly Section[] {
  if (!key) {
    return [];
  }
  const detached = at(signatureFiles.openpgpDetached('SHA256SUMS'));
  const keyFile = at(signatureFiles.openpgpKey);
  return [
    {
      tool: 'gpg',
      proves: `the lists are signed by the OpenPGP key ${key.fingerprint}`,
      commands: [
        `gpg --import ${keyFile}`,
        `gpg --verify ${detached} ${at('SHA256SUMS')}`,
        `gpg --verify ${at(signatureFiles.openpgpClear('SHA256SUMS'))}`,
        `gpg --verify ${at(signatureFiles.openpgpDetached('SHA512SUMS'))} ${at('SHA512SUMS')}`,
      ],
    },
    {
      tool: 'sqv',
      proves: 'the same, with Sequoia',
      commands: [`sqv --keyring ${keyFile} ${detached} ${at('SHA256SUMS')}`],
    },
  ];
}

function minisign({ minisign: key, disk }: SignRequest): readonly Section[] {
  if (!key) {
    return [];
  }
  const signature = at(signatureFiles.minisign(disk));
  return [
    {
      tool: 'minisign',
      proves: `${disk} is signed by the minisign key ${minisignKeyId(key.publicKey)}`,
      commands: [`minisign -V -p ${at(signatureFiles.minisignKey)} -x ${signature} -m ${quote(disk)}`],
    },
  ];
}

function openssl({ signer, disk }: SignRequest, { signatures }: SignedFiles): readonly Section[] {
  if (!signer) {
    return [];
  }
  const ownSignature = signatures.includes(`signatures/${signatureFiles.openssl(disk)}`);
  const [signed, file] = ownSignature ? [disk, quote(disk)] : ['SHA256SUMS', at('SHA256SUMS')];
  const key = at(signatureFiles.publicKey);
  const signature = at(signatureFiles.openssl(signed));
  return [
    {
      tool: 'openssl',
      proves: `${signed} is signed by the key sha256:${signer.publicKey.fingerprint}`,
      commands: [
        signer.publicKey.kind === 'ed25519'
          ? `openssl pkeyutl -verify -pubin -inkey ${key} -rawin -in ${file} -sigfile ${signature}`
          : `openssl dgst -sha256 -verify ${key} -signature ${signature} ${file}`,
      ],
    },
  ];
}

function glance({ signer, glance: wanted, disk }: SignRequest): readonly Section[] {
  if (!signer || !wanted) {
    return [];
  }
  const raw = quote(`${disk}.glance.sig`);
  const isRsa = signer.publicKey.kind === 'rsa';
  const pss = isRsa ? ' -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:max' : '';
  return [
    {
      tool: 'openssl, for OpenStack Glance',
      proves: `the image properties in ${signatureFiles.glance(disk)} are signed by the same key; add img_signature_certificate_uuid when you upload`,
      commands: [
        `sed -n 's/.*"img_signature": "\\(.*\\)".*/\\1/p' ${at(signatureFiles.glance(disk))} | base64 -d > /tmp/${raw}`,
        `openssl dgst -sha256${pss} -verify ${at(signatureFiles.publicKey)} -signature /tmp/${raw} ${quote(disk)}`,
      ],
    },
  ];
}

function cosign(request: SignRequest, files: SignedFiles): readonly Section[] {
  const { identity } = files;
  if (files.bundles.length === 0) {
    return [];
  }
  const hasDisk = files.bundles.includes(`signatures/${signatureFiles.sigstore(request.disk)}`);
  const [signed, file] = hasDisk ? [request.disk, quote(request.disk)] : ['SHA256SUMS', at('SHA256SUMS')];
  const options = identity ? keylessOptions(request, identity) : keyOptions(request);
  return [
    {
      tool: 'cosign',
      proves: identity
        ? `${signed} and every statement about it are signed by ${identity.subject}, for whom ${identity.issuer} vouches, and when`
        : `${signed} and every statement about it are signed by the same key`,
      commands: [
        `cosign verify-blob ${options} --bundle ${at(signatureFiles.sigstore(signed))} ${file}`,
        ...statementCommands(request, files, options),
      ],
      note: 'Statements about the medium, or an earlier state of the disk, are signed too: cosign checks them with that file in place of the disk.',
    },
  ];
}

function keyOptions({ signer }: SignRequest): string {
  const timestamped = (signer?.witnesses ?? []).length > 0;
  const root = at(timestamped ? signatureFiles.trustedRoot : signatureFiles.noTrustedRoot);
  return `--key ${at(signatureFiles.publicKey)} --new-bundle-format --insecure-ignore-tlog=true --trusted-root ${root}`;
}

function keylessOptions(
  request: SignRequest,
  { subject, issuer }: NonNullable<SignedFiles['identity']>,
): string {
  const signer = `--new-bundle-format --certificate-identity ${quote(subject)} --certificate-oidc-issuer ${quote(issuer)}`;
  // cosign brings the root of the public good instance by itself, from a source that is not this image.
  const root =
    request.keyless?.instance === 'public-good' ? '' : ` --trusted-root ${at(signatureFiles.trustedRoot)}`;
  const time = request.keyless?.logged ? '' : ' --use-signed-timestamps --insecure-ignore-tlog=true';
  return `${signer}${time}${root}`;
}

/** cosign wants the file that a statement is about: of the image folder, that is the disk as it is now. */
function statementCommands(
  { disk }: SignRequest,
  { chain }: SignedFiles,
  options: string,
): readonly string[] {
  return aboutDisk(chain).map((name) => {
    const bundle = at(signatureFiles.statement(name));
    return `cosign verify-blob-attestation ${options} --bundle ${bundle} ${quote(disk)}`;
  });
}

/** The statements about the disk as it is now. */
function aboutDisk(chain: Chain): readonly string[] {
  const head = chain.links.at(-1);
  return [...(head?.producedBy ?? []), ...(head?.about ?? [])].sort();
}

/** GitHub's own client: for identities of its jobs, and statements about the disk as it is. */
function gh(
  { disk, keyless }: SignRequest,
  { identity, chain, statements }: SignedFiles,
): readonly Section[] {
  const [, repository] = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(identity?.repository ?? '') ?? [];
  if (identity?.issuer !== GITHUB_ISSUER || !repository) {
    return [];
  }
  const ofDisk = aboutDisk(chain);
  // gh brings the roots of these two by itself, and knows of no other instance.
  const known = keyless?.instance === 'public-good' || keyless?.instance === 'github';
  const root = known ? '' : ` --custom-trusted-root ${at(signatureFiles.trustedRoot)}`;
  const signer = `--repo ${quote(repository)} --cert-identity ${quote(identity.subject)}${root}`;
  return [
    {
      tool: 'gh',
      proves: `the same statements are signed by ${identity.subject}, in a job of ${repository}`,
      commands: statements
        .filter(({ name }) => ofDisk.includes(name))
        .map(({ name, statement }) => {
          const bundle = at(signatureFiles.statement(name));
          return `gh attestation verify ${quote(disk)} --bundle ${bundle} ${signer} --predicate-type ${quote(statement.predicateType)}`;
        }),
    },
  ];
}

/** For a POSIX shell. */
export function quote(text: string): string {
  return /^[A-Za-z0-9._/+:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
