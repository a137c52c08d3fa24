import { methods } from '@golden-image/evidence';
import type { Finding } from '../decision/decision.ts';
import { finding, worst } from '../decision/finding.ts';
import { type Facts, factsOf } from '../facts/facts.ts';
import type { ReleasePolicy } from '../policy/policy-schema.ts';

/** The fact of this kind holds. */
function single(
  facts: Facts,
  kind: 'image' | 'disk' | 'checksums',
  requirement: string,
  next: string,
): Finding {
  const all = factsOf(facts, kind);
  const status = worst(all.map((fact) => fact.status));
  const found = all
    .map(
      (fact) =>
        fact.detail ?? (fact.kind === 'disk' ? `sha256:${fact.value?.sha256.slice(0, 12)}…` : 'holds'),
    )
    .join('; ');
  return finding(`release.${kind}`, requirement, status, {
    found: found || `no fact about it (${kind})`,
    next,
  });
}

/** Everything else is asked only of a folder that can be read. */
export function imageFinding(facts: Facts): Finding {
  return single(
    facts,
    'image',
    'The image folder is complete and readable',
    'Get the image folder again, or build it again.',
  );
}

/** The disk is the one that the folder describes, every listed file is unchanged, and the signatures asked for cover it. */
export function integrityFindings(release: ReleasePolicy, facts: Facts): readonly Finding[] {
  const signatures = release.signatures.map((method) => {
    const all = factsOf(facts, 'signature').filter((fact) => fact.value.method === method);
    return finding(
      `release.signature.${method}`,
      `A ${method} signature by a trusted key covers the disk`,
      worst(all.map((fact) => fact.status)),
      {
        by: all[0]?.by,
        found: all.map((fact) => fact.detail ?? 'holds').join('; ') || 'no fact about it (signature)',
        next: `Sign the image with sign-image (method for ${method}), and pass the key in public-key.`,
      },
    );
  });
  const others = methods
    .filter((method) => !release.signatures.includes(method))
    .flatMap((method) => {
      const all = factsOf(facts, 'signature').filter((fact) => fact.value.method === method);
      const wrong = all.find((fact) => fact.status === 'fail');
      if (all.length > 0 && !wrong) {
        return [];
      }
      return [
        finding(
          `release.signature.${method}`,
          `No ${method} signature is wrong`,
          wrong ? 'fail' : 'unknown',
          {
            found: wrong?.detail ?? 'no fact about it (signature)',
            next: 'Find out who changed it, then sign again.',
          },
        ),
      ];
    });
  return [
    single(
      facts,
      'disk',
      'The disk is the one that the folder describes',
      'Something changed the disk after it was built: run the steps again.',
    ),
    single(
      facts,
      'checksums',
      'Every file is as the signed lists say',
      'Something changed after signing: sign again, after finding out what.',
    ),
    ...signatures,
    ...others,
  ];
}

export function chainFinding(release: ReleasePolicy, facts: Facts): Finding {
  const chains = factsOf(facts, 'chain');
  const disks = factsOf(facts, 'disk').map((fact) => fact.value?.sha256);
  const status = worst(chains.map((fact) => fact.status));
  const open = release.origin === 'medium' && chains.some((fact) => fact.value?.origin !== 'medium');
  const elsewhere = chains.some(
    (fact) => !disks.includes(fact.value?.digests.at(-1)) || fact.value === undefined,
  );
  const where = release.origin === 'medium' ? 'the verified medium' : 'the first evidence';
  const found = [
    ...chains.flatMap((fact) => fact.detail ?? []),
    ...(open ? ['no statement says from which medium the image was built'] : []),
    ...(elsewhere ? ['the chain does not end at this disk'] : []),
  ];
  const holds = `${chains[0]?.value?.digests.length ?? 0} states, from ${where} to the disk`;
  const judged = status === 'pass' && (open || elsewhere) ? 'fail' : status;
  return finding('release.chain', `The chain of digests is complete from ${where} to the disk`, judged, {
    found: chains.length === 0 ? 'no fact about it (chain)' : found.join('; ') || holds,
    next: 'Run the steps from the one that is missing again, in order, on the same image folder.',
  });
}
