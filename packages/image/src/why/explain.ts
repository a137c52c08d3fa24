import type { Component } from '../sbom/component.ts';

/** Why a package is in the image. */
export interface PackageReason {
  readonly name: string;
  readonly version: string;
  /** In words: `added by the definition`, `kernel`, `required by openssh-server`. */
  readonly why: string;
  /** From a package that was asked for to this one, both included; only this one when nothing asked for it. */
  readonly chain: readonly string[];
}

/**
 * Explains each package by the shortest chain of dependencies from one that was asked for.
 *
 * @param asked names that were asked for, with the reason, the most telling first
 * @param base the reason of those that nothing asked for: what the distribution or a vendor's disk has anyway
 */
export function explainPackages(
  components: readonly Component[],
  asked: readonly (readonly [name: string, why: string])[],
  base: string,
): readonly PackageReason[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const reasons = new Map<string, { readonly why: string; readonly chain: readonly string[] }>();
  const queue: string[] = [];
  for (const [name, why] of asked) {
    if (byName.has(name) && !reasons.has(name)) {
      reasons.set(name, { why, chain: [name] });
      queue.push(name);
    }
  }
  for (const name of queue) {
    const chain = reasons.get(name)?.chain ?? [];
    for (const needed of byName.get(name)?.dependsOn ?? []) {
      if (!reasons.has(needed)) {
        reasons.set(needed, { why: `required by ${name}`, chain: [...chain, needed] });
        queue.push(needed);
      }
    }
  }
  return components.map(({ name, version }) => ({
    name,
    version,
    ...(reasons.get(name) ?? { why: base, chain: [name] }),
  }));
}
