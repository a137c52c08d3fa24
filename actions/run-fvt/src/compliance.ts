import type { ComplianceScan } from '@golden-image/fvt';
import type { Ports } from '@golden-image/host';

/**
 * Joins the two domains: run-fvt boots the image, hardening knows how to scan it. Loaded when it is asked for: most runs do
 * without.
 */
export function complianceScan(ports: Ports, image: string): (digest: string) => ComplianceScan {
  return (digest) => async (shell, about) => {
    const { checkCompliance } = await import('@golden-image/hardening');
    const result = await checkCompliance(shell, { image, name: image, digest, ...about }, ports);
    const named = ({ rule }: { readonly rule: string }): string => rule;
    return {
      profile: result.profile,
      score: result.merged.score.score,
      atRest: result.atRest?.score,
      open: result.remaining.map(named),
      worse: result.worse,
      waived: result.waivers.size,
    };
  };
}
